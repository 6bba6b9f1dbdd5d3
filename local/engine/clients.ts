import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';

/** The engine checks no signature, but wants to see one. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export interface EngineClients {
  readonly tables: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  destroy(): void;
}

/** The runtime's own way to the engine; functions have theirs. */
export function engineClients(endpoint: string, region: string): EngineClients {
  const configuration = { endpoint, region, credentials: localCredentials };
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
