import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lean } from '#aws/lean-client.ts';
import { countUnits } from './meter.ts';

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
  lean(
    new DynamoDBClient({
      maxAttempts,
      requestHandler: { connectionTimeout: 1_000, socketTimeout, httpsAgent: { maxSockets: 50 } },
    }),
    'dynamodb',
  ),
);

/** The table's name, as the stack tells it. */
export const tableName = requiredEnvironment('TABLE_NAME');

function requiredEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} is not set`);
  return value;
}
