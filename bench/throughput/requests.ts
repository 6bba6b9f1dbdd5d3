import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from '../../local/problem.ts';
import { runScript } from '../load/child.ts';
import type { RuntimeProcess } from '../load/runtime-process.ts';
import { type Ask, type Exchange, type Exchanged, tokenOf, wanted } from '../load/site.ts';
import { environmentOf } from './table-pages.ts';

/** A request that is asked for again and again; `index` counts them. */
export interface Request {
  name: string;
  method: string;
  path(index: number): string;
  headers?(index: number): Record<string, string>;
  body?(index: number): string;
  status: number;
  /** What its rate is a share of at least. */
  share?: number;
  /** Whether its rate is borne only if settling keeps up. */
  settling?: true;
}

/** Pages that are asked for in turn: more than are asked for in the second that a function keeps each. */
export const pages = 1_000;
/** With fewer, a page would be asked for again while it is kept. */
const fewestPages = 400;
const members = 500;

const small = '/v1/articles/small/comments';
export const long = '/v1/articles/long/comments';
export const tablePage = 'page read from the table';

/** Opens a site with a small article, a long thread and fifty others; gives what is asked of it, and cursors into the long thread. */
export async function openSite(
  { ask, exchange }: { ask: Ask; exchange: Exchange },
  runtime: RuntimeProcess,
  threadSize: number,
): Promise<{ requests: Request[]; cursors: string[] }> {
  const admin = await tokenOf('root', 'admin');
  // What the load is about is not how fast one member may post, or how often a moderator rejected them.
  const policy = { rate: { perMinute: 10_000, perHour: 100_000 }, record: { minDecided: 1_000 } };
  await wanted(ask('PUT', '/v1/moderation/policy', admin, policy, { 'if-match': '*' }), 200);
  const fifty = Array.from({ length: 50 }, (_, n) => `counted-${n}`);
  for (const id of ['small', 'long', 'posted', ...fifty]) await wanted(ask('PUT', `/v1/articles/${id}`, admin, { title: id }), 201);
  await runScript([join(import.meta.dirname, '../load/fill-thread.ts'), 'long', String(threadSize)], environmentOf(runtime));
  const tokens = await Promise.all(Array.from({ length: members }, (_, n) => tokenOf(`member-${n}`)));
  for (let n = 0; n < 18; n += 1) await wanted(ask('POST', small, tokens[n], { body: `${n} ${text}` }), 201);
  const shown = async () => (await ask('GET', small)).json.items.length;
  while ((await shown()) < 18) await delay(100);
  const { text: body, headers } = await exchange('GET', small);
  const cursors = await cursorsOf(ask);
  if (cursors.length < fewestPages)
    throw new Problem(`A thread of ${threadSize} comments has too few pages: THREAD_COMMENTS takes 2000 at least`);
  const kilobytes = (Buffer.byteLength(body) / 1024).toFixed(0);
  const get = { method: 'GET', status: 200 };
  const post = {
    ...{ method: 'POST', status: 201, path: () => '/v1/articles/posted/comments' },
    headers: (n: number) => ({ 'content-type': 'application/json', authorization: `Bearer ${tokens[n % members]}` }),
    body: (n: number) => JSON.stringify({ body: `Comment ${n}: ${text}` }),
  };
  const requests: Request[] = [
    { ...get, name: `hot page of 18 comments, ${kilobytes} KB`, path: () => small, share: 0.2 },
    { ...get, name: `hot page of 20 in a thread of ${threadSize}`, path: () => long },
    { ...get, name: '304 to the same ETag', status: 304, path: () => small, headers: () => ({ 'if-none-match': headers.etag ?? '' }) },
    { ...get, name: 'counts of 50 articles', path: () => `/v1/counts?articles=${fifty.join()}` },
    { ...get, name: `${tablePage}, through the runtime`, path: (n) => `${long}?cursor=${cursors[n % cursors.length]}` },
    { ...post, name: 'post' },
    { ...post, name: 'post, settling keeps up', settling: true },
  ];
  return { requests, cursors };
}

/** About two hundred characters. */
const text = 'what the minister said yesterday is not what she says today, and nobody asks why. '.repeat(2).trim();

/** Cursors into the long thread, no two of the same page: walks that begin one comment apart. */
async function cursorsOf(ask: Ask): Promise<string[]> {
  const cursors = new Set<string>();
  for (let first = 1; first <= 20; first += 1) {
    for (let path = `${long}?limit=${first}`; cursors.size < pages; ) {
      const { nextCursor } = (await ask('GET', path)).json;
      if (nextCursor === null) break;
      cursors.add(nextCursor);
      path = `${long}?cursor=${nextCursor}`;
    }
  }
  // The last page of a walk may be short.
  return [...cursors];
}

export const send = ({ method, path, headers, body }: Request, index: number, exchange: Exchange): Promise<Exchanged> =>
  exchange(method, path(index), headers?.(index), body?.(index));
