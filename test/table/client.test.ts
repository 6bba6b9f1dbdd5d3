import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { table } from '#table/client.ts';

it('a call carries nothing about the SDK, which would be written and signed anew each time', async () => {
  const real = table.config.requestHandler;
  let headers: Record<string, string> = {};
  const handle: typeof real.handle = async (request) => {
    headers = request.headers;
    throw new Error('seen');
  };
  table.config.requestHandler = Object.assign(Object.create(real), { handle });
  try {
    await expect(table.send(new GetItemCommand({ TableName: 'any', Key: { pk: { S: 'p' }, sk: { S: 's' } } }))).rejects.toThrow('seen');
  } finally {
    table.config.requestHandler = real;
  }
  expect(headers).toHaveProperty('authorization');
  expect(Object.keys(headers).filter((name) => name.includes('user-agent'))).toEqual([]);
});
