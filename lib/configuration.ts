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

const identity = z
  .strictObject({
    /** Whether the site's own sign-on mints HS256 tokens with a secret that the stack keeps in Secrets Manager. */
    siteSecret: z.boolean().default(true),
    /** OpenID Connect issuers whose tokens are accepted. */
    providers: z.array(provider).default([]),
    /** The claim that carries a member's roles. */
    rolesClaim: z.string().min(1).default('roles'),
  })
  .refine(({ siteSecret, providers }) => siteSecret || providers.length > 0, {
    error: 'without siteSecret or a provider nobody could sign in',
  });

const alarms = z.strictObject({
  /** Who is written to when an alarm goes off; whoever else wants to know subscribes to the topic. */
  email: z.email('must be an e-mail address').optional(),
  /** How long a comment may wait for a moderator, in minutes. */
  heldMinutes: z.int().positive().default(240),
});

const configuration = z.strictObject({
  /** Names the stack, `Understory-<stage>`. */
  stage: z
    .string()
    .regex(/^[A-Za-z0-9](-?[A-Za-z0-9])*$/, 'must be letters and digits, joined by single hyphens')
    .max(64),
  /** The origins whose pages may call the API from a browser. */
  allowedOrigins: z.array(allowedOrigin).min(1),
  identity,
  /** How long logs are kept, in days. */
  logRetentionDays: z.literal(retentionDays, { error: `must be one of ${retentionDays.join(', ')}` }).default(30),
  /** Whether comments survive `cdk destroy`; off only for stages that are thrown away. */
  removalProtection: z.boolean().default(true),
  /** What the whole API accepts before it answers 429: requests per second, and how many at once. */
  throttle: z
    .strictObject({ ratePerSecond: z.number().positive(), burst: z.int().positive() })
    .default({ ratePerSecond: 1000, burst: 2000 }),
  /** What must wake somebody; `false` for stages that nobody watches, which then have no alarms and no dashboard. */
  alarms: z.union([z.literal(false), alarms], 'must be false, or an object with email and heldMinutes').default({ heldMinutes: 240 }),
});

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
