import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../local/streams/checkpoint.ts';
import { Progress } from '../../local/streams/progress.ts';
import { openQueue } from '../../local/streams/queue.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'understory-checkpoint-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('progress', () => {
  test('stands before the first record that is not done with, in whatever order they finish', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Array.from({ length: 30 }, (_, index) => index + 1)), (finished) => {
        const progress = new Progress('0');
        for (let n = 1; n <= 30; n += 1) progress.begin(String(n));
        for (const n of finished) progress.finish(String(n));
        let expected = 0;
        while (finished.includes(expected + 1)) expected += 1;
        expect(progress.position).toBe(String(expected));
        expect(progress.complete).toBe(finished.length === 30);
      }),
    );
  });
});

describe('a checkpoint', () => {
  const file = () => join(directory, 'mapping.json');
  const open = (stream = 'arn:1', problems: string[] = []) => openCheckpoint(file(), stream, (line) => problems.push(line));

  test('is there for the next run', async () => {
    const first = open();
    first.advance('shard-1', { after: '41' });
    first.advance('shard-1', { after: '42' });
    first.advance('shard-2', { ended: true });
    await first.flush();

    const second = open();
    expect(second.position('shard-1')).toEqual({ after: '42' });
    expect(second.position('shard-2')).toEqual({ ended: true });
    expect(readdirSync(directory)).toEqual(['mapping.json']);
  });

  test('survives a crash in the middle of a write: what counts is the file that is whole', async () => {
    const first = open();
    first.advance('shard-1', { after: '42' });
    await first.flush();
    writeFileSync(`${file()}.new`, readFileSync(file(), 'utf8').slice(0, 20));

    expect(open().position('shard-1')).toEqual({ after: '42' });
  });

  test('of another stream counts as none, and says so', async () => {
    const first = open();
    first.advance('shard-1', { after: '42' });
    await first.flush();

    const problems: string[] = [];
    expect(open('arn:2', problems).position('shard-1')).toBeUndefined();
    expect(problems).toEqual(['The table has a new stream: it is read from its beginning']);
  });

  test('that cannot be read counts as none, and says so', () => {
    writeFileSync(file(), '{"streamArn"');
    const problems: string[] = [];
    expect(open('arn:1', problems).position('shard-1')).toBeUndefined();
    expect(problems[0]).toContain('is not readable');
  });

  test('forgets shards that are gone', async () => {
    const first = open();
    first.advance('shard-1', { ended: true });
    first.advance('shard-2', { after: '1' });
    first.keepOnly(['shard-2']);
    await first.flush();
    expect(open().position('shard-1')).toBeUndefined();
    expect(open().position('shard-2')).toEqual({ after: '1' });
  });
});

test('a queue keeps its messages in order, one a line', async () => {
  const queue = openQueue(directory, 'Failures');
  await Promise.all([1, 2, 3].map((n) => queue.send({ n })));
  expect(readFileSync(join(directory, 'Failures.jsonl'), 'utf8')).toBe('{"n":1}\n{"n":2}\n{"n":3}\n');
});
