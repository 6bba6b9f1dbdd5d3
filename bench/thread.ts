import { ageCaches } from '../test/support/caches.ts';
import { call, invocationOf } from '../test/support/call.ts';
import { deepPageOf } from '../test/support/deep-page.ts';
import { type LongThread, writeLongThread } from '../test/support/long-thread.ts';
import { tokenOf } from '../test/support/tokens.ts';
import { unitsOf } from '../test/support/units.ts';
import { callsOf, repeatCalls } from './calls.ts';
import type { Figure, Progress } from './figure.ts';
import { medianOf, spreadOf } from './statistics.ts';

/** A multiple of 20. */
const size = Number(process.env.THREAD_COMMENTS ?? 20_000);
const rounds = Number(process.env.THREAD_ROUNDS ?? 100);
const articleId = 'long';
const comments = `/v1/articles/${articleId}/comments` as const;

/** An order in which a thread is read, and the queries that a page of it takes where that does not depend on the page. */
interface Order {
  name: string;
  query: Record<string, string>;
  queries?: number;
}

const ordersOf = ({ busiest, answers }: LongThread): Order[] => [
  { name: 'newest', query: {}, queries: 1 },
  { name: 'oldest', query: { sort: 'oldest' }, queries: 1 },
  { name: 'top', query: { sort: 'top' }, queries: 1 },
  { name: 'flat', query: { view: 'flat' }, queries: 2 },
  { name: `parent with ${answers.length} replies`, query: { parent: busiest }, queries: 1 },
  // One query more for each comment of the page that has replies.
  { name: 'oldest, replies=3', query: { sort: 'oldest', replies: '3' } },
];

/** What a page of twenty costs in a long article with comments of 500 characters, its first and its deepest, with nothing kept. */
export async function measureThread(progress: Progress): Promise<Figure[]> {
  const thread = await openThread(progress);
  const pages: Page[] = [];
  for (const order of ordersOf(thread)) {
    progress(`walking to the end of ${order.name}`);
    pages.push(...(await pagesOf(order)));
  }
  for (let round = 1; round <= rounds; round += 1) {
    if (round % 20 === 0) progress(`round ${round} of ${rounds}`);
    for (const page of pages) await sample(page, round);
  }
  return pages.flatMap(figuresOf);
}

async function openThread(progress: Progress): Promise<LongThread> {
  const token = await tokenOf('boss', ['admin']);
  await call(`PUT /v1/articles/${articleId}`, { token, body: { title: 'Long' } });
  const thread = await writeLongThread(articleId, size, (written) => {
    if (written % 5_000 === 0) progress(`written ${written} items`);
  });
  progress('recounting');
  const { json } = await call(`POST /v1/admin/articles/${articleId}/recount`, { token });
  if (json.drift !== 0 || json.before.approved !== size) throw new Error(`the thread was written wrongly: ${JSON.stringify(json)}`);
  return thread;
}

/** A page, the calls that it makes, and what has been measured of it so far. */
interface Page {
  order: Order;
  first: Page | undefined;
  read(): Promise<unknown>;
  repeat(): Promise<void>;
  samples: Record<'units' | 'calls' | 'ms' | 'bare', number[]>;
}

async function pagesOf(order: Order): Promise<Page[]> {
  const first = await pageOf(order, order.query, undefined);
  const { replies, ...plain } = order.query;
  const deep = { ...(await deepPageOf(comments, plain)), ...(replies && { replies }) };
  return [first, await pageOf(order, deep, first)];
}

async function pageOf(order: Order, query: Record<string, string>, first: Page | undefined): Promise<Page> {
  const read = await invocationOf(`GET ${comments}`, { query });
  await ageCaches();
  const calls = await callsOf(read);
  return { order, first, read, repeat: () => repeatCalls(calls), samples: { units: [], calls: [], ms: [], bare: [] } };
}

/** Reads a page as a function does that keeps nothing, and makes its bare calls beside it, before or after it by turns. */
async function sample({ read, repeat, samples }: Page, round: number): Promise<void> {
  const reading = async () => {
    await ageCaches();
    const cost = await unitsOf(async () => samples.ms.push(await timeOf(read)));
    samples.units.push(cost.read);
    samples.calls.push(cost.calls.length);
  };
  const repeating = async () => {
    await ageCaches();
    samples.bare.push(await timeOf(repeat));
  };
  for (const each of round % 2 === 0 ? [reading, repeating] : [repeating, reading]) await each();
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Milliseconds of a page over those of its bare calls, as the design has it. */
const overBare = 1.25;
/** A query of twenty comments of 500 characters, and the look at the article that every page but an article's first takes. */
const readUnits = { query: 2, look: 0.5 };

function figuresOf({ order, first, samples }: Page): Figure[] {
  const name = `${order.name}, ${first === undefined ? 'first' : 'deepest'} page`;
  const looks = Number(first !== undefined || 'parent' in order.query);
  const counted = (unit: 'units' | 'calls', each: { query: number; look: number }): Figure => ({
    name,
    unit,
    ...spreadOf(samples[unit]),
    ...(order.queries && {
      budget: order.queries * each.query + looks * each.look,
      ...(first && { reference: { name: 'first page', median: medianOf(first.samples[unit]) } }),
    }),
  });
  const bare = medianOf(samples.bare);
  return [
    counted('units', readUnits),
    counted('calls', { query: 1, look: 1 }),
    { name, unit: 'ms', ...spreadOf(samples.ms), reference: { name: 'the bare calls', median: bare }, budget: overBare * bare },
  ];
}
