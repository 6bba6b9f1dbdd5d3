import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Figure, Progress } from './figure.ts';
import type { Route } from './load/arrivals.ts';
import { type Server, startServer } from './load/child.ts';
import { type RuntimeProcess, startProcess } from './load/runtime-process.ts';
import { type Borne, highestRate, quantileOf } from './load/search.ts';
import { connect } from './load/site.ts';
import { spreadOf } from './statistics.ts';
import { answersOf } from './throughput/answers.ts';
import { long, openSite, type Request, send, tablePage } from './throughput/requests.ts';
import { readPages } from './throughput/table-pages.ts';
import { temporaryDirectory } from './undo.ts';

/** Each rate is tried for so many seconds, and each search made so often. */
const seconds = Number(process.env.THROUGHPUT_SECONDS ?? 5);
const rounds = Number(process.env.THROUGHPUT_ROUNDS ?? 3);
const threadSize = Number(process.env.THREAD_COMMENTS ?? 20_000);
/** 99 of 100 requests are answered within so many milliseconds, */
const bearable = 100;
/** and 95 of 100 comments counted within so many. */
const bearableLag = 2_000;

/**
 * The highest constant rate that the whole local runtime bears, in a process of its own, beside a bare server of Node.js in another
 * that answers the same bytes. The generator of the load works on the same processors, for both alike.
 */
export async function measureThroughput(progress: Progress, engine: string): Promise<Figure[]> {
  const runtime = await startProcess(engine);
  const directory = temporaryDirectory('throughput');
  const site = connect(runtime.url);
  let bare: Server | undefined;
  try {
    progress(`filling a thread of ${threadSize} comments`);
    const { requests, cursors } = await openSite(site, runtime, threadSize);
    progress('reading pages from the table beside the bare SDK');
    const read = await readPages(runtime, long, cursors, rounds * 3);
    progress('noting what is answered');
    const answers = join(directory.path, 'answers.json');
    writeFileSync(answers, JSON.stringify(await answersOf(requests, site.exchange)));
    bare = await startServer([join(import.meta.dirname, 'load/bare-server.ts'), answers]);
    const figures: Figure[] = [];
    for (const request of requests) figures.push(...(await compare(request, runtime, bare.url, progress)));
    return [...figures, ...pageFigures(read, figures)];
  } finally {
    site.close();
    await bare?.stop();
    await runtime.stop();
    await directory.remove();
  }
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
      const { status, text } = await send(request, asked, exchange);
      if (status !== request.status) throw new Error(`was answered ${status}: ${text}`);
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
