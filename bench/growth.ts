import type { DynamoDBRecord } from 'aws-lambda';
import { recountLimit } from '#articles/recount.ts';
import { writeCursor } from '#http/cursor.ts';
import { settleBatch } from '#settling/settle-batch.ts';
import { ageCaches } from '../test/support/caches.ts';
import { call, invocationOf } from '../test/support/call.ts';
import { publish, putPolicy } from '../test/support/newsroom.ts';
import { isMapped } from '../test/support/settling.ts';
import { streamReader } from '../test/support/stream-reader.ts';
import { tokenOf } from '../test/support/tokens.ts';
import { unitsOf } from '../test/support/units.ts';
import { callsOf, isWrite, repeatCalls } from './calls.ts';
import type { Figure, Progress } from './figure.ts';
import { articleAt, growArticles, growThread } from './growth/fill.ts';
import { type Grown, nameOf, partsOf } from './growth/name.ts';
import type { Setting } from './parts.ts';
import { medianOf, spreadOf } from './statistics.ts';

/** Comments of one article, and articles, that are there when it is measured: each a whole number, ascending. */
const comments = sizesOf(process.env.GROWTH_COMMENTS, [100, 1_000, 10_000, 100_000]);
const articles = sizesOf(process.env.GROWTH_ARTICLES, [100, 1_000, 10_000, 100_000]);
const rounds = Number(process.env.GROWTH_ROUNDS ?? 40);
const articleId = 'growing';

/**
 * What a page, a post and its settling cost in an article that grows, and lists of articles that grow in number: units, calls, and
 * milliseconds over those of the bare SDK making the same calls.
 */
export async function measureGrowth(progress: Progress, { streamArn }: Setting): Promise<Figure[]> {
  await putPolicy({});
  await publish(articleId);
  const read = streamReader(streamArn);
  // Nothing of what is written at once is left to settle, but the stream tells of it all.
  const written = (what: string) => async (number: number) => {
    progress(`written ${number} ${what}`);
    await settleAll(read);
  };
  const figures: Figure[] = [];
  let posted = 0;
  for (const [n, size] of comments.entries()) {
    const first = await growThread(articleId, [comments[n - 1] ?? 0, size], posted, written('comments'));
    if (size + posted <= recountLimit) await recounted(size + posted);
    const works = [...(await pages(first)), post(read), settling(read)];
    for (const work of works) figures.push(...besideSmallest(await measured(work, size, 'comments of the article', progress), figures));
    posted += works.reduce((sum, { posts = 0 }) => sum + posts, 0);
    await settleAll(read);
  }
  for (const [n, size] of articles.entries()) {
    await growArticles(articles[n - 1] ?? 0, size, written('articles'));
    for (const work of await lists(size)) figures.push(...besideSmallest(await measured(work, size, 'articles', progress), figures));
    await settleAll(read);
  }
  return figures;
}

function sizesOf(given: string | undefined, otherwise: readonly number[]): readonly number[] {
  return given === undefined ? otherwise : given.split(',').map(Number);
}

/** A piece of work, and the bare calls that are the same work; each is made ready by itself. */
interface Work {
  name: string;
  ours(): Promise<() => Promise<unknown>>;
  bare(): Promise<() => Promise<unknown>>;
  /** Comments that measuring it leaves behind. */
  posts?: number;
}

/** Counts anew: what was written at once is what posting it would have left. A larger article is written alike, but not recounted. */
async function recounted(size: number): Promise<void> {
  const { json } = await call(`POST /v1/admin/articles/${articleId}/recount`, { token: await tokenOf('boss', ['admin']) });
  if (json.drift !== 0 || json.before.approved !== size) throw new Error(`the article was filled wrongly: ${JSON.stringify(json)}`);
}

/** The newest page, and the oldest rows of the thread, which lie at its far end. */
async function pages(first: string): Promise<Work[]> {
  const path = `GET /v1/articles/${articleId}/comments` as const;
  // Twenty comments above the first: their positions are those of the oldest page.
  const { json } = await call(path, { query: { sort: 'oldest', limit: '30' } });
  if (json.items[0].id !== first) throw new Error('the oldest page does not begin with the first comment');
  const cursor = writeCursor(json.items[25].id, ['thread', articleId, '', 'newest']);
  const newest = await reading('page of 20', path, {});
  return [newest, await reading('page of 20 at the far end', path, { cursor })];
}

const lists = async (size: number): Promise<Work[]> => [
  await reading('counts of 50', 'GET /v1/counts', { articles: Array.from({ length: 50 }, (_, n) => articleAt(n)).join() }),
  await reading('article with its count', `GET /v1/articles/${articleAt(size - 1)}`, {}),
  await reading('page of 20 articles', 'GET /v1/articles', {}),
];

async function reading(name: string, request: `GET /${string}`, query: Record<string, string>): Promise<Work> {
  const read = await invocationOf(request, { query });
  await ageCaches();
  const calls = await callsOf(read);
  const cold = (work: () => Promise<unknown>) => async () => {
    await ageCaches();
    return work;
  };
  return { name, ours: cold(read), bare: cold(() => repeatCalls(calls)) };
}

let postings = 0;

/** A post of 500 characters by somebody who has not posted lately, on a function that knows article and policy. */
async function posting(): Promise<() => Promise<unknown>> {
  postings += 1;
  const body = { body: `Posting ${postings} ${'says what it has to say '.repeat(30)}`.slice(0, 500) };
  await call(`POST /v1/articles/${articleId}/comments`, { token: await tokenOf(`warm-${postings}`), body: { body: '' } });
  return invocationOf(`POST /v1/articles/${articleId}/comments`, { token: await tokenOf(`poster-${postings}`), body });
}

const post = (read: () => Promise<DynamoDBRecord[]>): Work => ({
  name: 'post',
  posts: 2 * (rounds + 1),
  async ours() {
    await settleAll(read);
    return posting();
  },
  async bare() {
    await settleAll(read);
    const calls = await callsOf(await posting(), isWrite);
    return () => repeatCalls(calls);
  },
});

/** Settling one comment. What the bare SDK settles is planned by us, and left undone by us. */
const settling = (read: () => Promise<DynamoDBRecord[]>): Work => {
  const unsettled = async () => {
    await settleAll(read);
    await (await posting())();
    return (await read()).filter(isMapped);
  };
  return {
    name: 'settling a comment',
    posts: 2 * (rounds + 1),
    async ours() {
      const records = await unsettled();
      return () => settleBatch(records);
    },
    async bare() {
      const records = await unsettled();
      const calls = await callsOf(() => settleBatch(records), isWrite);
      return () => repeatCalls(calls);
    },
  };
};

async function settleAll(read: () => Promise<DynamoDBRecord[]>): Promise<void> {
  for (let records = await read(); records.length > 0; records = await read()) await settleBatch(records.filter(isMapped));
}

/** Units and calls are to be what they are where there is little: nothing is dearer for what was there before. */
function besideSmallest(figures: readonly Figure[], before: readonly Figure[]): Figure[] {
  return figures.map((figure) => {
    const isSame = ({ name, unit }: Figure) => unit === figure.unit && partsOf(name).work === partsOf(figure.name).work;
    const smallest = figure.unit === 'ms' ? undefined : before.find(isSame);
    if (smallest === undefined) return figure;
    const reference = { name: `with ${partsOf(smallest.name).size}`, median: smallest.median };
    return { ...figure, reference, budget: smallest.median };
  });
}

async function measured(work: Work, size: number, of: Grown, progress: Progress): Promise<Figure[]> {
  const name = nameOf(work.name, size, of);
  progress(name);
  const samples: Record<'units' | 'calls' | 'ours' | 'bare', number[]> = { units: [], calls: [], ours: [], bare: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const sides = [
      async () => {
        const ours = await work.ours();
        let ms = 0;
        const cost = await unitsOf(async () => {
          ms = await timeOf(ours);
        });
        return () => {
          samples.ours.push(ms);
          samples.units.push(cost.read + cost.write);
          samples.calls.push(cost.calls.length);
        };
      },
      async () => {
        const ms = await timeOf(await work.bare());
        return () => samples.bare.push(ms);
      },
    ];
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const keep = await side();
      // The first round warms both up.
      if (round > 0) keep();
    }
  }
  const reference = { name: 'the bare calls', median: medianOf(samples.bare) };
  return [
    { name, unit: 'units', ...spreadOf(samples.units) },
    { name, unit: 'calls', ...spreadOf(samples.calls) },
    { name, unit: 'ms', ...spreadOf(samples.ours), reference },
  ];
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
