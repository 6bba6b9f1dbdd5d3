import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import toFastProperties from 'to-fast-properties';
import { countUnits } from './meter.ts';
import { SignatureHash } from './signature-hash.ts';

/**
 * Milliseconds the store may be silent once it was asked, and how often it is asked. Three tries with their pauses stay
 * well below the ten seconds a function has, so a slow store ends in our own 503 and never in the gateway's timeout. Waiting
 * for a free connection does not count: it is our own doing, and giving up would only ask for more.
 */
const socketTimeout = 2_000;
const maxAttempts = 3;

/**
 * The one client of this process. Region, credentials and a local endpoint come from the environment that Lambda, or
 * the laptop runtime, sets (`AWS_REGION`, `AWS_ENDPOINT_URL_DYNAMODB`).
 */
export const table = countUnits(
  new DynamoDBClient({
    maxAttempts,
    requestHandler: { connectionTimeout: 1_000, socketTimeout, httpsAgent: { maxSockets: 50 } },
    // The middlewares of each kind of call are put together once: nothing may be added or removed after the first call of that kind.
    cacheMiddleware: true,
    sha256: SignatureHash,
    signer: async () => signer,
  }),
);

/** The SDK would make one for every call, of a copy of its whole configuration. */
const signer = new SignatureV4({
  ...{ service: 'dynamodb', sha256: SignatureHash },
  ...{ credentials: table.config.credentials, region: table.config.region },
});

// The first copies every input and output, to leave out what is sensitive, even where nobody logs. The second writes down anew with each
// call what the SDK is and what it runs on, and signs it: a tenth of what a call computes, and the store has no use for it.
for (const name of ['loggerMiddleware', 'getUserAgentMiddleware']) table.middlewareStack.remove(name);

// Every call copies the configuration three times. It is put together piece by piece, which leaves it in the form that V8 is slow to copy.
toFastProperties(table.config);

/** The table's name, as the stack tells it. */
export const tableName = requiredEnvironment('TABLE_NAME');

function requiredEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} is not set`);
  return value;
}
