import { ageCaches, holdCaches } from '../test/support/caches.ts';
import { invocationOf, type TestRequest } from '../test/support/call.ts';
import { writeLongThread } from '../test/support/long-thread.ts';
import { publish, putPolicy } from '../test/support/newsroom.ts';
import { tokenOf } from '../test/support/tokens.ts';
import { type Calls, callsOf, repeatCalls } from './calls.ts';
import type { Figure, Progress } from './figure.ts';
import { type ReplayedStore, recordStore, withStore } from './replayed-store.ts';
import { medianOf, spreadOf } from './statistics.ts';

const rounds = 60;
/** Calls in a row of each, so that both find the processor's caches as they left them. */
const inARow = 20;
const overBare = 1.25;
const articleId = 'busy';
const articles = Array.from({ length: 50 }, (_, n) => `article-${n}`);

/**
 * What a request costs a warm function beside the bare SDK making the same calls, with a store that answers both from memory.
 * What is read finds nothing kept; what is written finds the article and the policy kept, as on any busy site.
 */
export async function measureHandlers(progress: Progress): Promise<Figure[]> {
  progress('filling the table');
  holdCaches();
  await putPolicy({});
  for (const id of [articleId, ...articles]) await publish(id);
  const { topLevel } = await writeLongThread(articleId, 200);
  const [warm = '', measured = ''] = topLevel.slice(1);
  // What outlives pages, the article and the policy, is kept by then; reading lets it grow stale, so what is written comes first.
  for (const { request, options } of await requestsOn(warm, 'warm')) await (await invocationOf(request, options))();
  const requests = await requestsOn(measured, 'measured');
  const handled: Handled[] = [];
  for (const isRead of [false, true]) {
    const these: Handled[] = [];
    for (const each of requests.filter(({ request }) => isRead === request.startsWith('GET'))) these.push(await handledOf(each, isRead));
    for (let round = 1; round <= rounds; round += 1) {
      if (round % 10 === 0) progress(`${isRead ? 'reading' : 'writing'}, round ${round} of ${rounds}`);
      for (const each of these) await sample(each, round);
    }
    handled.push(...these);
  }
  return handled.flatMap(({ name, calls, samples }) => {
    const reference = { name: 'the bare calls', median: medianOf(samples.bare) };
    const made = calls.flat().length;
    const mostMade = mostCalls[name];
    return [
      { name, unit: 'ms', ...spreadOf(samples.ours), reference, budget: overBare * reference.median },
      {
        ...{ name: `${name}: calls`, unit: 'calls', median: made, minimum: made, maximum: made },
        ...(mostMade !== undefined && { budget: mostMade }),
      },
    ];
  });
}

/** Calls to answer a warm function's post, as the design allows them. */
const mostCalls: Readonly<Record<string, number>> = { post: 2, reply: 3 };

interface Request {
  name: string;
  request: `${string} /${string}`;
  options: TestRequest;
}

/** What is asked of a comment service most often, by members who have not posted lately. */
async function requestsOn(commentId: string, member: string): Promise<Request[]> {
  const [ann, ben, cat] = [await tokenOf(`${member}-ann`), await tokenOf(`${member}-ben`), await tokenOf(`${member}-cat`)];
  const comments = `/v1/articles/${articleId}/comments` as const;
  return [
    { name: 'page of 20', request: `GET ${comments}`, options: {} },
    { name: 'page of 20, flat', request: `GET ${comments}`, options: { query: { view: 'flat' } } },
    { name: 'article with its count', request: `GET /v1/articles/${articleId}`, options: {} },
    { name: 'counts of 50 articles', request: 'GET /v1/counts', options: { query: { articles: articles.join() } } },
    { name: 'post', request: `POST ${comments}`, options: { token: ann, body: { body: text } } },
    { name: 'reply', request: `POST ${comments}`, options: { token: ben, body: { body: text, parentId: commentId } } },
    { name: 'reaction', request: `PUT ${comments}/${commentId}/reaction`, options: { token: cat, body: { kind: 'like' } } },
  ];
}

const text = `It says **what it has to say**, and quotes https://example.org/. ${'Words and words. '.repeat(26)}`.trim();

/** A request made ready, the calls that it makes of the store, and what has been measured of it so far. */
interface Handled {
  name: string;
  run(): Promise<unknown>;
  isRead: boolean;
  calls: Calls;
  store: ReplayedStore;
  samples: Record<'ours' | 'bare', number[]>;
}

/** Asks the real store once, to note the calls and what they are answered. */
async function handledOf({ name, request, options }: Request, isRead: boolean): Promise<Handled> {
  const run = await invocationOf(request, options);
  let calls: Calls = [];
  if (isRead) await ageCaches();
  const store = await recordStore(async () => {
    calls = await callsOf(run);
  });
  return { name, run, isRead, calls, store, samples: { ours: [], bare: [] } };
}

/** Each by turns before the other. */
async function sample({ run, isRead, calls, store, samples }: Handled, round: number): Promise<void> {
  const sampling = (into: number[], work: () => Promise<unknown>) => async () => {
    for (let n = 0; n < inARow; n += 1) {
      if (isRead) await ageCaches();
      into.push(await timeOf(work));
    }
  };
  const both = [sampling(samples.ours, run), sampling(samples.bare, () => repeatCalls(calls))];
  await withStore(store, async () => {
    for (const each of round % 2 === 0 ? both : both.reverse()) await each();
  });
}

/** Milliseconds; nothing is waited for, so all of them are computed. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - begun) / 1_000_000;
}
