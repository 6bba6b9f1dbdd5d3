import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { engineClients } from '../../local/engine/clients.ts';
import { readRecords } from '../../local/streams/read-records.ts';

let server: Server;
let clients: ReturnType<typeof engineClients>;
/** What the service answers, one after the other. */
let answers: { status: number; body: object }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const { status = 404, body = {} } = answers.shift() ?? {};
    request
      .resume()
      .on('end', () => response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  clients = engineClients(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'local');
});
afterAll(() => {
  clients.destroy();
  server.close();
});

const read = (...given: typeof answers) => {
  answers = given;
  return readRecords(clients.streams, { ShardIterator: 'there' });
};

it('a page is read again after an error of the service', async () => {
  const record = { dynamodb: { Keys: { id: { S: 'a' } }, SequenceNumber: '1' } };
  const page = await read({ status: 500, body: {} }, { status: 200, body: { Records: [record], NextShardIterator: 'next' } });
  expect(page).toEqual({ records: [record], nextIterator: 'next' });
});

it('the end of a closed shard is told as null, or by leaving it out', async () => {
  expect(await read({ status: 200, body: { Records: [], NextShardIterator: null } })).toEqual({ records: [], nextIterator: undefined });
  expect(await read({ status: 200, body: {} })).toEqual({ records: [], nextIterator: undefined });
});

it('what the service refuses is an error of the SDK by its name', async () => {
  const refused = read({ status: 400, body: { __type: 'com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException', message: 'gone' } });
  await expect(refused).rejects.toMatchObject({ name: 'TrimmedDataAccessException' });
});
