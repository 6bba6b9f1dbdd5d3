import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, vi } from 'vitest';
import { table } from '#table/client.ts';

type Request = Parameters<typeof table.config.requestHandler.handle>[0];

/** The request of a call, which is not sent. */
async function requestOfCall(): Promise<Request> {
  const handle = vi.spyOn(table.config.requestHandler, 'handle').mockRejectedValue(new Error('seen'));
  await expect(table.send(new PutItemCommand({ TableName: 'any', Item: { id: { S: 'größer' } } }))).rejects.toThrow('seen');
  return handle.mock.calls[0]![0];
}

it('a call carries nothing about the SDK, which would be written and signed anew each time', async () => {
  const { headers } = await requestOfCall();
  expect(headers).toHaveProperty('authorization');
  expect(Object.keys(headers).filter((name) => name.includes('user-agent'))).toEqual([]);
});

it('a call is signed as the SDK’s own signer would', async () => {
  const request = await requestOfCall();
  const { authorization, 'x-amz-date': date = '', 'x-amz-content-sha256': _, ...headers } = request.headers;
  const signingDate = new Date(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  const own = await new DynamoDBClient().config.signer();
  const signed = await own.sign({ ...request, headers } as Request, { signingDate, signingService: 'dynamodb' });
  expect(signed.headers.authorization).toBe(authorization);
});
