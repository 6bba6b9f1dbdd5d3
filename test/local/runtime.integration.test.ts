import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { onDatabase } from '../../local/engine/database.ts';
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

// Only dynoxide keeps its stream's records for ever.
test.skipIf(engine !== 'dynoxide')('what was processed a day ago is forgotten at a start, and nothing that was not', async () => {
  const file = join(directory, 'trimmed', 'dynoxide', 'store.db');
  const onRecords = (statement: string) => onDatabase(file, (sqlite) => sqlite.prepare(statement).all());
  const records = () => onRecords('SELECT CAST(sequence_number AS INTEGER) AS n FROM _stream_records ORDER BY n').map(({ n }) => Number(n));
  const post = (url: string, id: string) =>
    fetch(`${url}/notes/${id}`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: id });
  const first = await start('trimmed');
  for (const id of ['a', 'b', 'c']) await post(first.url, id);
  await first.drained();
  await first.stop();
  const written = records();
  expect(written.length).toBeGreaterThan(3);

  const soon = await start('trimmed');
  await soon.stop();
  expect(records()).toEqual(written);

  const anotherDay = () => onRecords('UPDATE _stream_records SET created_at = created_at - 90000');
  anotherDay();
  const checkpoints = join(directory, 'trimmed', 'checkpoints');
  const [name = ''] = readdirSync(checkpoints);
  const kept = readFileSync(join(checkpoints, name), 'utf8');
  writeFileSync(join(checkpoints, name), kept.replace(/"after":"\d+"/, `"after":"${written[1]}"`));
  const later = await start('trimmed');
  expect(records()).toEqual(written.slice(1));
  await later.drained();
  await post(later.url, 'd');
  await later.drained();
  expect(await (await fetch(`${later.url}/notes/c`)).json()).toEqual({ text: 'c', seen: 2 });
  expect(await (await fetch(`${later.url}/notes/d`)).json()).toEqual({ text: 'd', seen: 1 });
  await later.stop();

  const position = records().at(-1) ?? 0;
  anotherDay();
  const last = await start('trimmed');
  expect(records()).toEqual([position]);
  await post(last.url, 'e');
  await last.drained();
  expect(await (await fetch(`${last.url}/notes/e`)).json()).toEqual({ text: 'e', seen: 1 });
  expect(records()).toEqual([position, position + 1, position + 2]);
  await last.stop();

  // A checkpoint that is ahead of the database: numbers must not begin anew, so the last record stays.
  anotherDay();
  writeFileSync(join(checkpoints, name), kept.replace(/"after":"\d+"/, '"after":"9999"'));
  const ahead = await start('trimmed');
  expect(records()[0]).toBe(position + 2);
  await post(ahead.url, 'f');
  await ahead.drained();
  expect(await (await fetch(`${ahead.url}/notes/f`)).json()).toEqual({ text: 'f', seen: 1 });
  expect(records()[1]).toBe(position + 3);
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
