import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openQueue } from '../../local/streams/queue.ts';

const directory = mkdtempSync(join(tmpdir(), 'understory-queue-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('messages stay until they are taken out, whoever opens the queue', async () => {
  const queue = openQueue(directory, 'kept');
  expect(await queue.messages()).toEqual([]);
  await Promise.all([1, 2, 3].map((n) => queue.send({ n })));
  await Promise.all([queue.remove('{"n":2}'), queue.send({ n: 4 })]);

  expect(await openQueue(directory, 'kept').messages()).toEqual(['{"n":1}', '{"n":3}', '{"n":4}']);
});

test('half a line that a crash left behind spoils neither the next message nor those before', async () => {
  await openQueue(directory, 'torn').send({ n: 1 });
  appendFileSync(join(directory, 'torn.jsonl'), '{"n":');

  const queue = openQueue(directory, 'torn');
  await queue.send({ n: 2 });

  expect(await queue.messages()).toEqual(['{"n":1}', '{"n":2}']);
  expect(readFileSync(join(directory, 'torn.jsonl'), 'utf8')).toBe('{"n":1}\n{"n":2}\n');
});
