import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { localCredentials } from './credentials.ts';

/** How long the engine may take to answer, in milliseconds: to make an index of a large table takes it a while. */
const patience = 60_000;

export interface EngineClients {
  readonly tables: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  destroy(): void;
}

/** The runtime's own way to the engine; functions have theirs. */
export function engineClients(endpoint: string, region: string): EngineClients {
  const requestHandler = { connectionTimeout: 5_000, requestTimeout: patience, throwOnRequestTimeout: true };
  const configuration = { endpoint, region, credentials: localCredentials, requestHandler };
  const tables = new DynamoDBClient(configuration);
  const streams = new DynamoDBStreamsClient(configuration);
  return {
    tables,
    streams,
    destroy() {
      tables.destroy();
      streams.destroy();
    },
  };
}
