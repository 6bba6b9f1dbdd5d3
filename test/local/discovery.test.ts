import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { engineClients } from '../../local/engine/clients.ts';
import type { LambdaFunction } from '../../local/lambda/function.ts';
import { type Mapping, startMapping } from '../../local/streams/mapping.ts';
import { RecentPages } from '../../local/streams/recent-pages.ts';

/** The stream, as the service tells it: shards by their parents, and which of them are closed. */
let shards: Record<string, { parent?: string; closed?: boolean }>;
/** How often it was asked for its shards, and which were read. */
let described: number;
let read: Set<string>;
let refuses: boolean;

let server: Server;
let clients: ReturnType<typeof engineClients>;
let folder: string;
let mapping: Mapping | undefined;

const problems = vi.fn<(line: string) => void>();

const answers: Record<string, (input: Record<string, string>) => object> = {
  DescribeStream() {
    described += 1;
    return {
      StreamDescription: { Shards: Object.entries(shards).map(([ShardId, { parent: ParentShardId }]) => ({ ShardId, ParentShardId })) },
    };
  },
  GetShardIterator: ({ ShardId }) => ({ ShardIterator: ShardId }),
  GetRecords({ ShardIterator: shard = '' }) {
    read.add(shard);
    return { Records: [], NextShardIterator: shards[shard]?.closed ? null : shard };
  },
};

beforeEach(async () => {
  described = 0;
  read = new Set();
  refuses = false;
  mapping = undefined;
  problems.mockClear();
  folder = mkdtempSync(join(tmpdir(), 'understory-discovery-'));
  server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    if (operation === 'DescribeStream' && refuses) return response.writeHead(400).end('{"__type":"InternalFailure"}');
    const shard = body.ShardId ?? body.ShardIterator;
    if (shard !== undefined && shards[shard] === undefined) return response.writeHead(400).end('{"__type":"ResourceNotFoundException"}');
    return response.writeHead(200).end(JSON.stringify(answers[operation]?.(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  clients = engineClients(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'local');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(async () => {
  await mapping?.stop();
  vi.useRealTimers();
  clients.destroy();
  server.close();
  rmSync(folder, { recursive: true });
});

async function start(): Promise<void> {
  mapping = await startMapping({
    plan: {
      ...{ id: 'mapping', tableName: 'table', functionName: 'function', batchSize: 10, windowMilliseconds: 0, parallelizationFactor: 1 },
      ...{
        bisect: false,
        maximumRetries: 0,
        maximumAgeMilliseconds: Infinity,
        reportsItemFailures: false,
        patterns: [],
        failureQueue: undefined,
      },
    },
    function: {} as LambdaFunction,
    ...{ client: clients.streams, engineStreamArn: 'arn:stream', streamArn: 'arn:stream', region: 'local', recent: new RecentPages() },
    ...{ checkpointFile: join(folder, 'checkpoint.json'), failureQueue: undefined, chaos: undefined, onProblem: problems },
  });
}

const minute = 60_000;

it('a stream is not asked for its shards again while all it has are read: it looks through all its records to tell them', async () => {
  shards = { first: {} };
  await start();
  await vi.advanceTimersByTimeAsync(10 * minute);
  expect(described).toBe(1);
});

it('a stream that has no shard yet is asked until it has', async () => {
  shards = {};
  await start();
  shards = { first: {} };
  await vi.advanceTimersByTimeAsync(minute);
  await vi.waitFor(() => expect(read).toContain('first'));
});

it('a shard that follows one that ended is found, however late the stream tells of it, and though others are still read', async () => {
  shards = { first: {}, other: {} };
  await start();
  shards.first = { closed: true };
  await vi.waitFor(() => expect(described).toBe(2));
  await vi.advanceTimersByTimeAsync(minute);
  shards.second = { parent: 'first' };
  await vi.advanceTimersByTimeAsync(minute);
  await vi.waitFor(() => expect(read).toContain('second'));

  const before = described;
  await vi.advanceTimersByTimeAsync(10 * minute);
  expect(described).toBe(before);
});

it('of two shards that follow one, the second is found though it is told later than the first', async () => {
  shards = { first: {} };
  await start();
  shards = { first: { closed: true }, second: { parent: 'first' } };
  await vi.waitFor(() => expect(read).toContain('second'));
  shards.third = { parent: 'first' };
  await vi.advanceTimersByTimeAsync(minute);
  await vi.waitFor(() => expect(read).toContain('third'));
});

it('what follows a shard that the stream has no longer is found, though its end was never read', async () => {
  shards = { first: {} };
  await start();
  shards = { second: { parent: 'first' } };
  await vi.waitFor(() => expect(problems).toHaveBeenCalledWith(expect.stringContaining('cannot be read')), { timeout: 15_000 });
  await vi.advanceTimersByTimeAsync(minute);
  await vi.waitFor(() => expect(read).toContain('second'));
}, 20_000);

it('a stream that could not be asked when a shard ended is asked again', async () => {
  shards = { first: {}, other: {} };
  await start();
  refuses = true;
  shards = { first: { closed: true }, other: {}, second: { parent: 'first' } };
  await vi.waitFor(() => expect(problems).toHaveBeenCalledWith(expect.stringContaining('cannot be described')));
  refuses = false;
  await vi.advanceTimersByTimeAsync(minute);
  await vi.waitFor(() => expect(read).toContain('second'));
});
