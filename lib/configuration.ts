import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** The retention periods, in days, that CloudWatch Logs accepts (PutRetentionPolicy). */
const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

/** Keys and claims over plain HTTP could be anybody's, except on the same machine. */
const secureUrl = z
  .string()
  .refine(
    (url) => URL.canParse(url) && /^(https:|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(url),
    'must be an https URL (http only to loopback)',
  );

/** API Gateway compares origins as strings, so a path or a trailing slash would never match. */
const allowedOrigin = z
  .string()
  .regex(/^(\*|https?:\/\/(\*|[^\s/*?#@]+))$/, 'must be an origin such as https://www.example.com, or *, https://* or http://*');

const provider = z.strictObject({
  /** What the `iss` claim must be, to the letter. */
  issuer: secureUrl,
  /** What the `aud` claim must contain. */
  audience: z.string().min(1),
  /** Where the issuer publishes its keys (RFC 7517). */
  jwksUri: secureUrl,
});

/** A secret that somebody else keeps in Secrets Manager, in the region of the stack. By its ARN, so that no other may be read. */
const existingSecret = z.strictObject({
  arn: z
    .string()
    .regex(
      /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:[\w/+=.@-]+-\w{6}$/,
      'must be the whole ARN of a secret, with its last six characters',
    ),
  /** The customer-managed key that it is encrypted with, where it is not the account's own for Secrets Manager. */
  keyArn: z
    .string()
    .regex(/^arn:[^:]+:kms:[^:]+:\d{12}:key\/[\w-]+$/, 'must be the ARN of a KMS key')
    .optional(),
});

const identity = z
  .strictObject({
    /** Whether the site's own sign-on mints HS256 tokens: with a secret that the stack generates, or with one that exists already. */
    siteSecret: z
      .union([z.boolean(), existingSecret], {
        error: 'must be true, false, or name a secret that exists: {"arn": …}',
      })
      .default(true),
    /** OpenID Connect issuers whose tokens are accepted. */
    providers: z.array(provider).default([]),
    /** The claim that carries a member's roles. */
    rolesClaim: z.string().min(1).default('roles'),
  })
  .refine(({ siteSecret, providers }) => siteSecret !== false || providers.length > 0, {
    error: 'without siteSecret or a provider nobody could sign in',
  });

const alarms = z.strictObject({
  /** Who is written to when an alarm goes off; whoever else wants to know subscribes to the topic. */
  email: z.email('must be an e-mail address').optional(),
  /** How long a comment may wait for a moderator, in minutes. */
  heldMinutes: z.int().positive().default(240),
});

/** A part of the stack's name. It has no hyphen, so that no two pairs of site and stage make the same name. */
const nameOfStack = z
  .string()
  .regex(/^[A-Za-z0-9]+$/, 'must be letters and digits')
  .max(32);

/** The address that readers see. CloudFront takes certificates from us-east-1 only. */
const domain = z.strictObject({
  name: z.hostname(),
  certificateArn: z.string().regex(/^arn:[^:]+:acm:us-east-1:\d{12}:certificate\/.+$/, 'must be the ARN of a certificate in us-east-1'),
  /** The public zone in Route 53 that gets the address; without it, the name is pointed at the output `EdgeDomain` elsewhere. */
  hostedZone: z
    .strictObject({ id: z.string().regex(/^Z[A-Z0-9]+$/, 'must be the id of a hosted zone, such as Z0123456789'), name: z.hostname() })
    .optional(),
});

/** CloudFront with a firewall before the API. */
const edge = z.strictObject({
  enabled: z.boolean().default(true),
  /** What one address may ask for in any five minutes before it is answered 429. WAF takes 10 at least. */
  requestsPerFiveMinutes: z.int().min(10).max(2_000_000_000).default(2_000),
  /** The number of the secret that the edge proves itself with: one more makes a new one, and the one before stays valid. */
  originSecret: z.int().positive().max(9_999).default(1),
});

const document = z.strictObject({
  /** Names the stack together with the stage, `Understory-<site>-<stage>`, where an account has several sites. */
  site: nameOfStack.optional(),
  /** Names the stack, `Understory-<stage>`. */
  stage: nameOfStack,
  /** Where the stack is deployed; without it, where the command line is told to. The edge needs it. */
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-central-1')
    .optional(),
  /** The origins whose pages may call the API from a browser. */
  allowedOrigins: z.array(allowedOrigin).min(1),
  identity,
  edge: edge.prefault({}),
  domain: domain.optional(),
  /** Whether table, queue, logs, secrets, bus and functions are encrypted with a key of the stack instead of those that AWS keeps. */
  customerManagedKey: z.boolean().default(false),
  /** How long logs are kept, in days. */
  logRetentionDays: z.literal(retentionDays, { error: `must be one of ${retentionDays.join(', ')}` }).default(30),
  /** Whether comments survive `cdk destroy`; off only for stages that are thrown away. */
  removalProtection: z.boolean().default(true),
  /** What the whole API accepts before it answers 429: requests per second, and how many at once. */
  throttle: z.strictObject({ ratePerSecond: z.number().positive().default(1000), burst: z.int().positive().default(2000) }).prefault({}),
  /** What must wake somebody; `false` for stages that nobody watches, which then have no alarms and no dashboard. */
  alarms: z.union([z.literal(false), alarms], 'must be false, or an object with email and heldMinutes').default({ heldMinutes: 240 }),
});

const configuration = document
  .refine(({ edge, region }) => !edge.enabled || region !== undefined, {
    path: ['region'],
    error: 'is needed with the edge, whose firewall is a stack of its own in us-east-1',
  })
  .refine(({ edge, domain }) => edge.enabled || domain === undefined, {
    path: ['domain'],
    error: 'belongs to the edge, which is switched off',
  });

/** The schema by its fields, for whoever documents them. */
export const configurationFields: z.ZodObject = document;

/** The name of the stack, and of its neighbour in us-east-1 without its ending. */
export const stackName = ({ site, stage }: Pick<Configuration, 'site' | 'stage'>): string =>
  ['Understory', site, stage].filter((part) => part !== undefined).join('-');

/** What one deployment of Understory is told about itself. */
export type Configuration = z.output<typeof configuration>;

/** A configuration that cannot be used; the message has one line per mistake, each with its path. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Checks a configuration document and fills in its defaults.
 * @param source what the error calls the document, such as its file name
 * @throws ConfigurationError naming every mistake by its path, unknown fields included
 */
export function parseConfiguration(document: unknown, source = 'The configuration'): Configuration {
  const result = configuration.safeParse(document);
  if (result.success) return result.data;
  throw new ConfigurationError(`${source} cannot be used:\n${result.error.issues.flatMap(describeMistake).join('\n')}`);
}

/**
 * Reads and checks a configuration file.
 * @throws ConfigurationError when it cannot be read, is not JSON, or has mistakes
 */
export function loadConfiguration(file: string): Configuration {
  return parseConfiguration(readJson(file), file);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new ConfigurationError(`${file} cannot be read as JSON`, { cause });
  }
}

function describeMistake(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${z.core.toDotPath([...issue.path, key])}: unknown field`);
  }
  return [`${z.core.toDotPath(issue.path) || 'configuration'}: ${issue.message}`];
}
