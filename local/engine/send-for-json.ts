import { text } from 'node:stream/consumers';
import type { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClient, GetRecordsCommand } from '@aws-sdk/client-dynamodb-streams';

/**
 * Sends a command and gives what the service wrote: items in DynamoDB's JSON, as Lambda passes them on. The SDK would take every value of
 * every attribute apart, and to put them together again costs as much once more.
 * @throws whatever the SDK makes of an error of the service
 */
export async function sendForJson<Answer>(client: DynamoDBClient, command: ScanCommand): Promise<Answer>;
export async function sendForJson<Answer>(client: DynamoDBStreamsClient, command: GetRecordsCommand): Promise<Answer>;
export async function sendForJson<Answer>(
  client: DynamoDBClient | DynamoDBStreamsClient,
  command: ScanCommand | GetRecordsCommand,
): Promise<Answer> {
  let answer: Answer | undefined;
  (command as ScanCommand).middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode: number; body: NodeJS.ReadableStream | Uint8Array };
      if (response.statusCode === 200) {
        answer = JSON.parse(await text(response.body as NodeJS.ReadableStream));
        // The SDK reads no more of an answer that is empty.
        response.body = new Uint8Array();
      }
      return result;
    },
    // Behind the SDK's own reader, which gets what is left.
    { step: 'deserialize', priority: 'low', name: 'takeJson' },
  );
  await (client as DynamoDBClient).send(command as ScanCommand);
  return answer as Answer;
}
