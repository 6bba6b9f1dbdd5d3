import { join } from 'node:path';
import { startRuntime } from '../local/runtime.ts';
import { admin, client, desk } from '../test/e2e/client.ts';
import type { Figure, Progress } from './figure.ts';
import { medianOf, spreadOf } from './statistics.ts';
import { temporaryDirectory, undoable } from './undo.ts';

const rounds = 7;
const requests = { reading: 600, posting: 150 };
const atOnce = 8;

/** One kind of request, the same number of them at every runtime. */
interface Load {
  name: keyof typeof requests;
  /** Makes request number `n`; none has been made before. */
  make(n: number): Promise<{ status: number }>;
}

/** What it costs a request that a function's permissions are enforced: the same stack twice in one run, with and without, by turns. */
export async function measurePermissions(progress: Progress): Promise<Figure[]> {
  const directory = temporaryDirectory('permissions');
  const stops: (() => Promise<void>)[] = [];
  try {
    const loads: Load[][] = [];
    for (const enforcePermissions of [true, false]) {
      progress(`starting ${enforcePermissions ? 'with' : 'without'} permissions`);
      const runtime = await startRuntime({ port: 0, dataDir: join(directory.path, String(enforcePermissions)), enforcePermissions });
      stops.push(undoable(runtime.stop));
      loads.push(await loadsOf(runtime.url));
    }
    const [enforced = [], free = []] = loads;
    const figures: Figure[] = [];
    for (const [position, load] of enforced.entries()) figures.push(await compare(load, free[position] ?? load, progress));
    return figures;
  } finally {
    for (const stop of stops) await stop();
    await directory.remove();
  }
}

async function loadsOf(url: string): Promise<Load[]> {
  const ask = client(url);
  const rate = { perMinute: 10_000, perHour: 100_000 };
  await ask('PUT /v1/moderation/policy', { as: admin, body: { rate }, headers: { 'if-match': '*' } });
  await ask('PUT /v1/articles/a', { as: desk, body: { title: 'A' } });
  return [
    { name: 'reading', make: (n) => ask(`GET /v1/counts?articles=a,b${n}`) },
    { name: 'posting', make: (n) => ask('POST /v1/articles/a/comments', { as: { sub: `m${n}` }, body: { body: `Comment ${n}` } }) },
  ];
}

async function compare(enforced: Load, free: Load, progress: Progress): Promise<Figure> {
  const samples = new Map<Load, number[]>([
    [enforced, []],
    [free, []],
  ]);
  for (let round = 0; round <= rounds; round += 1) {
    progress(`${enforced.name}, round ${round} of ${rounds}`);
    for (const load of round % 2 === 0 ? [enforced, free] : [free, enforced]) {
      const milliseconds = await run(load, round);
      // The first round warms both up.
      if (round > 0) samples.get(load)?.push(milliseconds);
    }
  }
  const reference = medianOf(samples.get(free) ?? []);
  const name = `${enforced.name}, permissions enforced`;
  return { name, unit: 'ms', ...spreadOf(samples.get(enforced) ?? []), reference: { name: 'not enforced', median: reference } };
}

/** @returns milliseconds per request */
async function run({ name, make }: Load, round: number): Promise<number> {
  const total = requests[name];
  let next = round * total;
  const begun = performance.now();
  const one = async () => {
    while (next < (round + 1) * total) {
      const { status } = await make(next++);
      if (status >= 300) throw new Error(`${name} answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return (performance.now() - begun) / total;
}
