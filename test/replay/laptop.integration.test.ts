import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onLaptop } from '../../bin/replay/laptop.ts';
import { replay } from '../../bin/replay/replay.ts';
import { startRuntime } from '../../local/runtime.ts';
import { writeAssembly } from '../local/support/assembly.ts';
import { reader, stamper, writer } from '../local/support/notes.ts';

const engine = process.env.TEST_ENGINE ?? 'dynoxide';
const directory = mkdtempSync(join(tmpdir(), 'understory-replay-'));
const dataDir = join(directory, 'store');
const broken = join(directory, 'broken');
let assembly: string;

beforeAll(() => {
  assembly = writeAssembly(mkdtempSync(join(directory, 'assembly-')), {
    functions: {
      Writer: { source: writer },
      Reader: { source: reader },
      Stamper: {
        source: `import { existsSync } from 'node:fs';\n${stamper.replace(
          'async ({ Records }) => {',
          `async ({ Records }) => {
          if (existsSync(${JSON.stringify(broken)})) throw new Error('broken');`,
        )}`,
      },
    },
    routes: { 'POST /notes/{id}': 'Writer', 'GET /notes/{id}': 'Reader' },
    mapping: {
      functionId: 'Stamper',
      MaximumRetryAttempts: 0,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ dynamodb: { NewImage: { fresh: { BOOL: [true] } } } }) }] },
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
    },
  });
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Replays the queue of the data directory; gives the report and what was said. */
async function replayed(dryRun = false) {
  const { place, close } = await onLaptop({ dataDir, engine, assembly });
  try {
    const signal = new AbortController().signal;
    return await replay({ place, dryRun, dropLost: false, resume: undefined, signal, say: () => undefined, wait: async () => undefined });
  } finally {
    await close();
  }
}

const queue = () => readFileSync(join(dataDir, 'queues', 'Failures.jsonl'), 'utf8');

it('processes what a broken function left in the queue of the data directory, once it is mended and the runtime is stopped', async () => {
  writeFileSync(broken, '');
  const runtime = await startRuntime({ port: 0, engine, dataDir, assembly });
  try {
    for (const id of ['a', 'b', 'c']) {
      await fetch(`${runtime.url}/notes/${id}`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: id });
    }
    await runtime.drained();
    await expect(onLaptop({ dataDir, engine, assembly })).rejects.toThrow('is replayed while the runtime is stopped');
  } finally {
    await runtime.stop();
  }
  const kept = queue();
  expect(kept).toContain('RetryAttemptsExhausted');

  expect(await replayed()).toMatchObject({ removed: 0, left: 3 });
  expect(queue()).toBe(kept);
  rmSync(broken);
  expect(await replayed(true)).toMatchObject({ records: 3, removed: 0, processed: 0 });
  expect(queue()).toBe(kept);
  expect(await replayed()).toMatchObject({ processed: 3, left: 0 });
  expect(queue()).toBe('');
  expect(await replayed()).toMatchObject({ messages: 0, processed: 0 });

  const again = await startRuntime({ port: 0, engine, dataDir, assembly });
  try {
    for (const id of ['a', 'b', 'c']) {
      expect(await (await fetch(`${again.url}/notes/${id}`)).json()).toEqual({ text: id, seen: 1 });
    }
  } finally {
    await again.stop();
  }
});

it('settles from the table what a queue tells of a stream that is no more', async () => {
  const runtime = await startRuntime({ port: 0, engine, dataDir, assembly });
  writeFileSync(broken, '');
  await fetch(`${runtime.url}/notes/d`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'd' });
  await runtime.drained();
  await runtime.stop();
  rmSync(broken);
  writeFileSync(join(dataDir, 'queues', 'Failures.jsonl'), queue().replaceAll('/stream/', '/stream/former-'));

  expect(await replayed()).toMatchObject({ aged: 1, items: 4, woken: 1, removed: 1, left: 0 });
  expect(queue()).toBe('');
});

it('refuses arguments that do not go together, with the usage', async () => {
  const refused = (...given: string[]) =>
    promisify(execFile)(process.execPath, ['bin/replay.ts', ...given]).catch((error: { code: number; stderr: string }) => error);
  expect(await refused('--queue', 'https://sqs.eu-west-1.amazonaws.com/1/q', '--data', 'x')).toMatchObject({ code: 2 });
  expect(await refused('--resume', 'nonsense')).toMatchObject({ code: 2, stderr: expect.stringContaining('--resume takes the word') });
  expect(await refused('--queue', 'nonsense')).toMatchObject({ code: 2, stderr: expect.stringContaining('not a URL') });
});
