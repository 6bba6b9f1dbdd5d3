import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, vi } from 'vitest';
import { table } from '#table/client.ts';

it('a call carries nothing about the SDK, which would be written and signed anew each time', async () => {
  let headers: Record<string, string> = {};
  vi.spyOn(table.config.requestHandler, 'handle').mockImplementation(async (request) => {
    headers = request.headers;
    throw new Error('seen');
  });
  await expect(table.send(new GetItemCommand({ TableName: 'any', Key: { pk: { S: 'p' }, sk: { S: 's' } } }))).rejects.toThrow('seen');
  expect(headers).toHaveProperty('authorization');
  expect(Object.keys(headers).filter((name) => name.includes('user-agent'))).toEqual([]);
});
