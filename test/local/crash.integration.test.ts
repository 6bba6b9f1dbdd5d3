import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime } from '../../local/runtime.ts';
import { processIdentity } from '../../local/store/process-identity.ts';
import { writeAssembly } from './support/assembly.ts';
import { reader, stamper, writer } from './support/notes.ts';

const runner = fileURLToPath(new URL('support/run-fixture.ts', import.meta.url));
const engine = process.env.TEST_ENGINE ?? 'dynoxide';
let directory: string;
let assembly: string;
let victim: ChildProcess;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'understory-crash-'));
  assembly = writeAssembly(mkdtempSync(join(directory, 'assembly-')), {
    functions: { Writer: { source: writer }, Reader: { source: reader }, Stamper: { source: stamper } },
    routes: { 'POST /notes/{id}': 'Writer', 'GET /notes/{id}': 'Reader' },
    mapping: {
      functionId: 'Stamper',
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ dynamodb: { NewImage: { fresh: { BOOL: [true] } } } }) }] },
    },
  });
});
afterAll(() => {
  victim?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

test('after SIGKILL nothing that was answered is lost, every change reaches the function, and no engine stays behind', async () => {
  const dataDir = join(directory, 'store');
  victim = spawn(process.execPath, [runner, assembly, dataDir, engine], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(victim.stdout!, 'data')).map((line) => String(line).trim());
  const post = (id: number) =>
    fetch(`${url}/notes/${id}`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: `note ${id}` });
  const answered: number[] = [];
  for (let id = 0; id < 40; id += 1) if ((await post(id)).status === 201) answered.push(id);
  expect(answered).toHaveLength(40);
  const started = (JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8')) as { pid: number; identity: string }[]).at(-1)!;
  victim.kill('SIGKILL');
  await once(victim, 'exit');

  const runtime = await startRuntime({ port: 0, engine, dataDir, assembly });
  try {
    await runtime.drained();

    expect(processIdentity(started.pid)).not.toBe(started.identity);
    for (const id of answered) {
      const note = (await (await fetch(`${runtime.url}/notes/${id}`)).json()) as { text: string; seen: number };
      expect(note.text).toBe(`note ${id}`);
      expect(note.seen).toBeGreaterThanOrEqual(1);
    }
  } finally {
    await runtime.stop();
  }
});
