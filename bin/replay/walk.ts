import { Problem } from '../../local/problem.ts';
import { compileFilter } from '../../local/streams/filter/pattern.ts';
import { deliverAll } from './deliver-all.ts';
import type { Failure } from './failure.ts';
import type { Waking } from './place.ts';
import type { ReplayOptions } from './replay.ts';
import type { Resumption } from './resumption.ts';

/** A function that is woken for what an item is. */
export interface Hinted {
  readonly failure: Failure;
  readonly waking: Waking;
}

export interface Walk {
  readonly items: number;
  readonly woken: number;
  /** What could not be processed, also before the walk was stopped and went on. */
  readonly left: number;
  /** Where to go on; `undefined` at the end of the table. */
  readonly resumption: Resumption | undefined;
}

/** Pages between two lines of progress. */
const pagesPerLine = 20;

/**
 * Walks through the table, page by page, and wakes each function for every item that it would be woken for now.
 * @param start where to begin
 * @throws Problem if the functions are woken by several tables
 */
export async function walkTable(options: ReplayOptions, hinted: readonly [Hinted, ...Hinted[]], start: Resumption): Promise<Walk> {
  const { place, signal, say } = options;
  const [{ failure: first }] = hinted;
  if (hinted.some(({ failure }) => failure.tableName !== first.tableName))
    throw new Problem('The failure queue tells of several tables: one stack has one');
  const functions = [...new Map(hinted.map((each) => [each.failure.functionArn, each])).values()].map((each) => ({
    ...each,
    matches: compileFilter(each.waking.patterns),
  }));
  let { after, left } = start;
  let items = 0;
  let woken = 0;
  for (let pages = 1; ; pages += 1) {
    const { records, next } = await place.items(first, after);
    let failed = 0;
    for (const { failure, waking, matches } of functions) {
      const matching = records.filter(matches);
      failed += await deliverAll(options, failure, waking, matching);
      woken += matching.length;
    }
    items += records.length;
    // A page that was cut short is walked again as a whole.
    if (signal.aborted && next !== undefined) return { items, woken, left, resumption: { begun: start.begun, after, left } };
    left += failed;
    if (next === undefined) return { items, woken, left, resumption: undefined };
    after = next;
    if (pages % pagesPerLine === 0) say(`${items} items read, ${woken} woken`);
  }
}
