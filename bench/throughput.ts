import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { functionEnvironment } from '../test/support/function-environment.ts';
import type { Figure, Progress } from './figure.ts';
import { type Answers, keyOf } from './load/answers.ts';
import type { Route } from './load/arrivals.ts';
import { runScript, type Server, startServer } from './load/child.ts';
import { type RuntimeProcess, startProcess } from './load/runtime-process.ts';
import { type Borne, highestRate, quantileOf } from './load/search.ts';
import { type Ask, connect, type Exchange, type Exchanged, tokenOf } from './load/site.ts';
import { spreadOf } from './statistics.ts';

/** Each rate is tried for so many seconds, and each search made so often. */
const seconds = Number(process.env.THROUGHPUT_SECONDS ?? 5);
const rounds = Number(process.env.THROUGHPUT_ROUNDS ?? 3);
const threadSize = Number(process.env.THREAD_COMMENTS ?? 20_000);
/** 99 of 100 requests are answered within so many milliseconds, */
const bearable = 100;
/** and 95 of 100 comments counted within so many. */
const bearableLag = 2_000;
/** Pages that are asked for in turn: more than are asked for in the second that a function keeps each. */
const pages = 1_000;
const members = 500;

/** A request that is asked for again and again; `index` counts them. */
interface Request {
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

/**
 * The highest constant rate that the whole local runtime bears, in a process of its own, beside a bare server of Node.js in another
 * that answers the same bytes. The generator of the load works on the same processors, for both alike.
 */
export async function measureThroughput(progress: Progress, engine: string): Promise<Figure[]> {
  const runtime = await startProcess(engine);
  const directory = mkdtempSync(join(tmpdir(), 'understory-throughput-'));
  const site = connect(runtime.url);
  let bare: Server | undefined;
  try {
    progress(`filling a thread of ${threadSize} comments`);
    const { requests, cursors } = await openSite(site, runtime);
    const read = await readPages(runtime, cursors, progress);
    progress('noting what is answered');
    const answers = join(directory, 'answers.json');
    writeFileSync(answers, JSON.stringify(await answersOf(requests, site.exchange)));
    bare = await startServer([join(import.meta.dirname, 'load/bare-server.ts'), answers]);
    const figures: Figure[] = [];
    for (const request of requests) figures.push(...(await compare(request, runtime, bare.url, progress)));
    return [...figures, ...pageFigures(read, figures)];
  } finally {
    site.close();
    await bare?.stop();
    await runtime.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

const small = '/v1/articles/small/comments';
const long = '/v1/articles/long/comments';
const tablePage = 'page read from the table';

async function openSite({ ask, exchange }: { ask: Ask; exchange: Exchange }, runtime: RuntimeProcess) {
  const admin = await tokenOf('root', 'admin');
  // What the load is about is not how fast one member may post, or how often a moderator rejected them.
  const policy = { rate: { perMinute: 10_000, perHour: 100_000 }, record: { minDecided: 1_000 } };
  await wanted(ask('PUT', '/v1/moderation/policy', admin, policy, { 'if-match': '*' }));
  const fifty = Array.from({ length: 50 }, (_, n) => `counted-${n}`);
  for (const id of ['small', 'long', 'posted', ...fifty]) await wanted(ask('PUT', `/v1/articles/${id}`, admin, { title: id }));
  await runScript([join(import.meta.dirname, 'load/fill-thread.ts'), 'long', String(threadSize)], environmentOf(runtime));
  const tokens = await Promise.all(Array.from({ length: members }, (_, n) => tokenOf(`member-${n}`)));
  for (let n = 0; n < 18; n += 1) await wanted(ask('POST', small, tokens[n], { body: `${n} ${text}` }));
  const counted = async () => (await ask('GET', '/v1/counts?articles=small')).json.counts.small;
  while ((await counted()) < 18) await delay(100);
  await delay(1_500);
  const { text: body, headers } = await exchange('GET', small);
  const cursors = await cursorsOf(ask);
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

async function wanted(answered: Promise<{ status: number; json: unknown }>): Promise<void> {
  const { status, json } = await answered;
  if (status >= 300) throw new Error(`answered ${status}: ${JSON.stringify(json)}`);
}

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

const environmentOf = ({ engineUrl, tableName }: RuntimeProcess) => functionEnvironment(engineUrl, '', tableName);

/** Pages per second of the function by itself, and of the bare SDK, on the table and the engine of the runtime. */
async function readPages(runtime: RuntimeProcess, cursors: readonly string[], progress: Progress) {
  progress('reading pages from the table beside the bare SDK');
  const PAGES = JSON.stringify(cursors.slice(0, 300).map((cursor) => ({ cursor })));
  const environment = { ...environmentOf(runtime), PAGES };
  const said = await runScript([join(import.meta.dirname, 'load/read-pages.ts'), String(rounds * 3), long], environment);
  return JSON.parse(said) as { ours: number[]; bare: number[] };
}

/** The design asks for this much of the bare SDK's queries. */
const shareOfSdk = 0.7;

function pageFigures({ ours, bare }: { ours: number[]; bare: number[] }, figures: readonly Figure[]): Figure[] {
  const reference = { name: 'the bare SDK on the same engine', median: spreadOf(bare).median };
  const alone: Figure = {
    ...{ name: `${tablePage}, by its function`, unit: 'per second', ...spreadOf(ours), reference },
    atLeast: shareOfSdk * reference.median,
  };
  const through = figures.filter(({ name, unit }) => name.startsWith(tablePage) && unit === 'per second');
  return [alone, ...through.map((figure) => ({ ...figure, name: `${figure.name}, beside the SDK`, reference }))];
}

/** Everything that a request is answered with, as a bare server can answer it: the headers that Node.js writes itself are left out. */
async function answersOf(requests: readonly Request[], exchange: Exchange): Promise<Answers> {
  const answers: Record<string, Answers[string]> = {};
  for (const request of requests) {
    for (let n = 0; n < pages; n += 1) {
      const key = keyOf(request.method, request.path(n), request.headers?.(n) ?? {});
      answers[key] ??= answerOf(await send(request, n, exchange));
    }
  }
  return answers;
}

function answerOf({ status, headers, text }: Exchanged): Answers[string] {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    ['connection', 'keep-alive', 'date', 'transfer-encoding'].includes(name) ? [] : [[name, String(value)] as const],
  );
  return { status, headers: Object.fromEntries(kept), body: text };
}

const send = ({ method, path, headers, body }: Request, index: number, exchange: Exchange): Promise<Exchanged> =>
  exchange(method, path(index), headers?.(index), body?.(index));

async function compare(request: Request, runtime: RuntimeProcess, bareUrl: string, progress: Progress): Promise<Figure[]> {
  const ours: Borne[] = [];
  const bare: Borne[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const sides = [
      async () => ours.push(await searchFor(request, runtime.url, runtime, progress)),
      async () => bare.push(await searchFor(request, bareUrl, undefined, progress)),
    ];
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
  }
  const reference = { name: 'the bare server', median: spreadOf(bare.map(({ rate }) => rate)).median };
  const latency = (quantile: number): Figure => {
    const at = (borne: Borne[]) => spreadOf(borne.map(({ samples }) => quantileOf(samples, quantile)));
    const name = `${request.name}, p${quantile * 100} at that rate`;
    return { name, unit: 'ms', ...at(ours), reference: { name: 'the bare server at its', median: at(bare).median } };
  };
  return [
    {
      ...{ name: request.name, unit: 'per second', ...spreadOf(ours.map(({ rate }) => rate)), reference },
      ...(request.share !== undefined && { atLeast: request.share * reference.median }),
    },
    ...[0.5, 0.95, 0.99].map(latency),
  ];
}

let asked = 0;

/** @param settling the runtime that settles what is posted; a bare server settles nothing */
async function searchFor(request: Request, url: string, settling: RuntimeProcess | undefined, progress: Progress): Promise<Borne> {
  const { exchange, close } = connect(url);
  const route: Route = {
    name: request.name,
    async send() {
      asked += 1;
      return (await send(request, asked, exchange)).status === request.status;
    },
  };
  try {
    const posts = request.method === 'POST' ? settling : undefined;
    const lagged = posts && ((count: number) => lagOfLast(count, posts));
    const settled = lagged && (async (samples: readonly unknown[]) => (await lagged(samples.length)) < bearableLag || !request.settling);
    const borne = await highestRate(route, { seconds, bearable, ...(settled && { settled }) });
    progress(`${request.name} on ${settling === undefined ? 'the bare server' : 'the runtime'}: ${borne.rate.toFixed(0)} per second`);
    return borne;
  } finally {
    close();
  }
}

/** Waits until all that was posted is counted; gives the lag of 95 of 100 of the last `count` comments, in milliseconds. */
async function lagOfLast(count: number, { settlings }: RuntimeProcess): Promise<number> {
  const lags = () => settlings().flatMap(({ SettleLag }) => SettleLag);
  for (let before = -1, now = lags().length; now > before; now = lags().length) {
    before = now;
    await delay(1_000);
  }
  const last = lags().slice(count === 0 ? Number.POSITIVE_INFINITY : -count);
  return last.toSorted((a, b) => a - b)[Math.floor(0.95 * last.length)] ?? 0;
}
