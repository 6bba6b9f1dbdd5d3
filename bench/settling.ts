import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { settleBatch } from '#settling/settle-batch.ts';
import { ageCaches } from '../test/support/caches.ts';
import { functionEnvironment } from '../test/support/function-environment.ts';
import { publish, putPolicy } from '../test/support/newsroom.ts';
import { isMapped } from '../test/support/settling.ts';
import { streamReader } from '../test/support/stream-reader.ts';
import { writeItems } from '../test/support/write-items.ts';
import { type Calls, callsOf, isWrite, repeatCalls } from './calls.ts';
import type { Figure, Progress } from './figure.ts';
import { runScript } from './load/child.ts';
import { pendingComment } from './load/pending.ts';
import { type RuntimeProcess, startProcess } from './load/runtime-process.ts';
import { connect, tokenOf } from './load/site.ts';
import type { Setting } from './parts.ts';
import { spreadOf } from './statistics.ts';

/** Batches of a hundred that each side settles, of one hot article and of many. */
const batches = Number(process.env.SETTLING_BATCHES ?? 30);
const manyArticles = Number(process.env.SETTLING_ARTICLES ?? 1_000);
/** How long comments arrive at each of these rates. */
const seconds = Number(process.env.SETTLING_SECONDS ?? 20);
const rates = [1, 10, 100, 1_000];
const batchSize = 100;

/** What settling gets through beside the bare SDK making the same transactions, and how long a comment waits for it in the whole runtime. */
export async function measureSettling(progress: Progress, { engine, streamArn }: Setting): Promise<Figure[]> {
  await putPolicy({});
  const read = streamReader(streamArn);
  const articles = Array.from({ length: manyArticles }, (_, n) => `settled-${n}`);
  for (const id of ['hot', ...articles.slice(0, 1)]) await publish(id);
  return [
    ...(await settleBeside('one hot article', ['hot'], read, progress)),
    ...(await settleBeside(`${manyArticles} articles`, articles, read, progress)),
    ...(await lagsInRuntime(engine, progress)),
  ];
}

async function settleBeside(
  name: string,
  articles: readonly string[],
  read: () => Promise<DynamoDBRecord[]>,
  progress: Progress,
): Promise<Figure[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  const written = { transactions: 0, tallies: 0, comments: 0 };
  let next = 0;
  for (let round = 0; round <= batches; round += 1) {
    if (round % 10 === 0) progress(`settling ${name}, round ${round} of ${batches}`);
    await read();
    await writeItems(Array.from({ length: 2 * batchSize }, () => pendingComment(articles[next++ % articles.length] ?? '')));
    const records = (await read()).filter(isMapped);
    let calls: Calls = [];
    const sides = [
      async () => {
        await ageCaches();
        return { into: ours, rate: await rateOf(() => settleBatch(records.slice(0, batchSize))) };
      },
      async () => {
        await ageCaches();
        // What the bare SDK settles is planned by us, and left undone by us.
        calls = await callsOf(() => settleBatch(records.slice(batchSize)), isWrite);
        return { into: bare, rate: await rateOf(() => repeatCalls(calls)) };
      },
    ];
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const { into, rate } = await side();
      // The first round warms both up.
      if (round > 0) into.push(rate);
    }
    await settleBatch((await read()).filter(isMapped));
    addWrites(written, calls);
  }
  const exactly = (value: number) => ({ median: value, minimum: value, maximum: value });
  const tallies = (written.tallies / written.comments) * 1_000;
  return [
    {
      ...{ name: `settled, ${name}`, unit: 'per second', ...spreadOf(ours) },
      reference: { name: 'the bare SDK making the same calls', median: spreadOf(bare).median },
    },
    { name: `transactions for 1,000 comments, ${name}`, unit: 'calls', ...exactly((written.transactions / written.comments) * 1_000) },
    {
      ...{ name: `writes of a tally for 1,000 comments, ${name}`, unit: 'calls', ...exactly(tallies) },
      ...(articles.length === 1 && { budget: 30 }),
    },
  ];
}

/** @returns comments per second */
async function rateOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (batchSize / (performance.now() - begun)) * 1_000;
}

function addWrites(written: { transactions: number; tallies: number; comments: number }, calls: Calls): void {
  const transactions = calls.flat().map(({ input }) => (input as Partial<TransactWriteCommandInput>).TransactItems ?? []);
  written.comments += batchSize;
  written.transactions += transactions.filter((items) => items.length > 0).length;
  written.tallies += transactions.flat().filter(({ Update }) => Update?.Key?.sk === 'tally').length;
}

/** Milliseconds from a post until it is approved and counted, where the laptop has nothing else to do. */
const idleLag = 500;

async function lagsInRuntime(engine: string, progress: Progress): Promise<Figure[]> {
  const runtime = await startProcess(engine);
  const { ask, close } = connect(runtime.url);
  try {
    const admin = await tokenOf('root', 'admin');
    const policy = { record: { minDecided: 1_000 } };
    await ask('PUT', '/v1/moderation/policy', admin, policy, { 'if-match': '*' });
    await ask('PUT', '/v1/articles/hot', admin, { title: 'Hot' });
    await arrive(runtime, 10, 3);
    const figures: Figure[] = [];
    for (const rate of rates) {
      progress(`${rate} comments per second arrive for ${seconds} seconds`);
      figures.push(...(await lagsAt(rate, runtime)));
    }
    return figures;
  } finally {
    close();
    await runtime.stop();
  }
}

async function lagsAt(rate: number, runtime: RuntimeProcess): Promise<Figure[]> {
  const before = runtime.settlings().length;
  const arrival = await arrive(runtime, rate, seconds);
  const settlings = runtime.settlings().slice(before);
  const lags = settlings.flatMap(({ SettleLag }) => SettleLag).toSorted((a, b) => a - b);
  const sum = (name: 'Transactions' | 'Conflicts') => settlings.reduce((total, settling) => total + settling[name], 0);
  const arrived = arrival.arrived / arrival.seconds;
  const at = (quantile: number) => lags[Math.ceil(quantile * lags.length) - 1] ?? Number.NaN;
  const note = `${arrived.toFixed(0)}/s came; the stream is read four times a second; ${sum('Transactions')} transactions, ${sum('Conflicts')} of them hindered`;
  return [0.5, 0.95, 0.99].map((quantile) => ({
    ...{ name: `lag at ${rate} comments/s, p${quantile * 100}`, unit: 'ms', median: at(quantile), note },
    ...{ minimum: lags[0] ?? Number.NaN, maximum: lags.at(-1) ?? Number.NaN },
    ...(rate === rates[0] && quantile === 0.95 && { budget: idleLag }),
  }));
}

/** Lets comments arrive, and waits until all are counted. */
async function arrive(runtime: RuntimeProcess, rate: number, seconds: number): Promise<{ arrived: number; seconds: number }> {
  const counted = () => runtime.settlings().reduce((sum, { SettleLag }) => sum + SettleLag.length, 0);
  const before = counted();
  const script = [join(import.meta.dirname, 'load/arrive.ts'), 'hot', String(rate), String(seconds)];
  const said = JSON.parse(await runScript(script, functionEnvironment(runtime.engineUrl, '', runtime.tableName)));
  for (let last = -1, now = counted(); now < before + said.arrived && now > last; now = counted()) {
    last = now;
    await delay(2_000);
  }
  return said;
}
