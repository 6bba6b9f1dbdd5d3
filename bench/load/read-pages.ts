import { ageCaches } from '../../test/support/caches.ts';
import { invocationOf } from '../../test/support/call.ts';
import { callsOf, repeatCalls } from '../calls.ts';

// Pages read from the table, by the function that answers them and by the bare SDK making the same calls, in turn:
// `PAGES=<queries as JSON> read-pages.ts ROUNDS PATH` prints pages per second of each round as JSON.

const atOnce = 8;
const rounds = Number(process.argv[2]);
const path = process.argv[3] as `/${string}`;
const queries = JSON.parse(process.env.PAGES ?? '[]') as Record<string, string>[];

const reads: (() => Promise<unknown>)[] = [];
for (const query of queries) reads.push(await invocationOf(`GET ${path}`, { query }));
const repeats: (() => Promise<unknown>)[] = [];
// The look at the article that a later page takes is kept for a second, so it is noted as seldom as it is taken.
await ageCaches();
for (const read of reads) {
  const calls = await callsOf(read);
  repeats.push(() => repeatCalls(calls));
}
const ours: number[] = [];
const bare: number[] = [];
const sides = [
  { into: ours, works: reads },
  { into: bare, works: repeats },
];
for (let round = 0; round <= rounds; round += 1) {
  for (const { into, works } of round % 2 === 0 ? sides : sides.toReversed()) {
    await ageCaches();
    const rate = await rateOf(works);
    // The first round warms both up.
    if (round > 0) into.push(rate);
  }
}
process.stdout.write(JSON.stringify({ ours, bare }));

async function rateOf(works: readonly (() => Promise<unknown>)[]): Promise<number> {
  const begun = performance.now();
  let next = 0;
  const work = async () => {
    for (let mine = works[next++]; mine !== undefined; mine = works[next++]) await mine();
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return (works.length / (performance.now() - begun)) * 1_000;
}
