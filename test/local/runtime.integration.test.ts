import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { writeAssembly } from './support/assembly.ts';
import { reader, stamper, writer } from './support/notes.ts';

const engine = process.env.TEST_ENGINE ?? 'dynoxide';
let directory: string;
let assembly: string;
let runtime: Runtime | undefined;
const fresh = JSON.stringify({ dynamodb: { NewImage: { fresh: { BOOL: [true] } } } });

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'understory-runtime-'));
  assembly = writeAssembly(mkdtempSync(join(directory, 'assembly-')), {
    functions: { Writer: { source: writer }, Reader: { source: reader }, Stamper: { source: stamper } },
    routes: { 'POST /notes/{id}': 'Writer', 'GET /notes/{id}': 'Reader' },
    mapping: {
      functionId: 'Stamper',
      ParallelizationFactor: 4,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: fresh }] },
    },
  });
});
afterEach(async () => {
  await runtime?.stop();
  runtime = undefined;
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function start(dataDir: string): Promise<Runtime> {
  runtime = await startRuntime({ port: 0, engine, dataDir: join(directory, dataDir), assembly });
  return runtime;
}

test('what is posted goes through the table and its stream into the mapped function, and shows', async () => {
  const { url, drained } = await start('once');

  const posted = await fetch(`${url}/notes/a`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'hello' });
  await drained();

  expect(posted.status).toBe(201);
  const read = await fetch(`${url}/notes/a`);
  expect(await read.json()).toEqual({ text: 'hello', seen: 1 });
  expect(read.headers.get('content-type')).toBe('application/json');
});

test('a store keeps data and checkpoint over a restart: nothing is lost and nothing comes twice', async () => {
  const first = await start('kept');
  await fetch(`${first.url}/notes/a`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'kept' });
  await first.drained();
  await first.stop();

  const second = await start('kept');
  await second.drained();

  expect(await (await fetch(`${second.url}/notes/a`)).json()).toEqual({ text: 'kept', seen: 1 });
});

test('two runtimes on two stores know nothing of each other', async () => {
  const one = await start('one');
  const two = await startRuntime({ port: 0, engine, dataDir: join(directory, 'two'), assembly });
  try {
    await fetch(`${one.url}/notes/a`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'one' });

    expect((await fetch(`${two.url}/notes/a`)).status).toBe(404);
  } finally {
    await two.stop();
  }
});

test('a second runtime on a store in use is refused with the number of the first', async () => {
  await start('locked');

  await expect(startRuntime({ port: 0, engine, dataDir: join(directory, 'locked'), assembly })).rejects.toThrow(
    `locked by process ${process.pid}`,
  );
});

test('a directory that is no store is neither used nor emptied', async () => {
  await expect(startRuntime({ port: 0, engine, dataDir: assembly, fresh: true, assembly })).rejects.toThrow(
    'holds something else than a store',
  );
});

test('fresh begins with an empty store', async () => {
  const first = await start('renewed');
  await fetch(`${first.url}/notes/a`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'old' });
  await first.stop();

  runtime = await startRuntime({ port: 0, engine, dataDir: join(directory, 'renewed'), assembly, fresh: true });

  expect((await fetch(`${runtime.url}/notes/a`)).status).toBe(404);
});
