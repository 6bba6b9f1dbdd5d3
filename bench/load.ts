import { setTimeout as delay } from 'node:timers/promises';
import type { Figure, Progress } from './figure.ts';
import { failuresOf, type Route, type Sample, sendAtRate } from './load/arrivals.ts';
import { startProcess } from './load/runtime-process.ts';
import { quantileOf } from './load/search.ts';
import { type Ask, connect, tokenOf } from './load/site.ts';
import { articleIds, openTraffic } from './load/traffic.ts';
import { medianOf } from './statistics.ts';

/** How long the load at {@link share} of the capacity lasts. */
const minutes = Number(process.env.LOAD_MINUTES ?? 0.5);
const share = 0.7;
/** Rates are tried for so many seconds; what is answered within {@link bearable} milliseconds, all but five in a hundred, is borne. */
const trial = 6;
const bearable = 500;
const firstRate = 20;
const growth = 1.5;
const lowestRate = 1;

/** Members, readers and moderators at a constant rate over HTTP, against the whole local runtime in another process. */
export async function measureLoad(progress: Progress, engine: string): Promise<Figure[]> {
  const runtime = await startProcess(engine);
  const { ask, close } = connect(runtime.url);
  try {
    const { next, probe } = await openTraffic(ask);
    const capacity = await findCapacity(next, progress);
    const rate = capacity * share;
    progress(`${rate.toFixed(0)} requests per second for ${minutes} minutes`);
    const watched = watch(runtime.memory, probe);
    const samples = await sendAtRate(rate, minutes * 60, next);
    const { memory, lags } = await watched.stop();
    progress('recounting');
    const drift = await totalDrift(ask);
    return [
      { name: 'capacity', unit: 'per second', ...all(capacity) },
      { name: `load, for ${minutes} minutes`, unit: 'per second', ...all(rate) },
      { name: 'requests', unit: 'calls', ...all(samples.length) },
      { name: 'errors', unit: 'calls', ...all(failed(samples)), note: failuresOf(samples), budget: 0 },
      { name: 'drift of all counts afterwards', unit: 'calls', ...all(drift), budget: 0 },
      ...Object.entries(Object.groupBy(samples, ({ route }) => route)).flatMap(([route, of = []]) => latencies(route, of)),
      endBeside('settled after the answer, at the end', 'ms', lags),
      endBeside('memory of Node.js at the end', 'bytes', memory),
      { name: 'memory gained in a minute, over the second half', unit: 'bytes', ...all(slopeOf(memory.slice(memory.length / 2))) },
    ];
  } finally {
    close();
    await runtime.stop();
  }
}

const all = (value: number) => ({ median: value, minimum: value, maximum: value });
const failed = (samples: readonly Sample[]) => samples.filter(({ failure }) => failure !== undefined).length;

/** Tries higher and higher rates, or lower and lower ones, and halves the distance between the last two once. */
async function findCapacity(next: () => Route, progress: Progress): Promise<number> {
  // A runtime that has just started is slow at first.
  await sendAtRate(firstRate, trial, next);
  const isBorne = async (rate: number) => {
    const samples = await sendAtRate(rate, trial, next);
    const slow = quantileOf(samples, 0.95);
    const failures = failuresOf(samples);
    progress(`${rate.toFixed(1)} requests per second: 95 of 100 within ${slow.toFixed(0)} ms, ${failures || 'none failed'}`);
    return failures === '' && slow <= bearable;
  };
  let borne = firstRate;
  let tooMuch = firstRate;
  if (await isBorne(firstRate)) for (tooMuch *= growth; await isBorne(tooMuch); tooMuch *= growth) borne = tooMuch;
  else for (borne /= growth; borne > lowestRate && !(await isBorne(borne)); borne /= growth) tooMuch = borne;
  const between = (borne + tooMuch) / 2;
  return (await isBorne(between)) ? between : borne;
}

/** How long the answers of a route took, with the least and the most that any quarter of the run had. */
function latencies(route: string, samples: readonly Sample[]): Figure[] {
  const last = Math.max(...samples.map((sample) => sample.at)) + 1;
  const quarters = Object.values(Object.groupBy(samples, (sample) => Math.floor((4 * sample.at) / last)));
  return [0.5, 0.95, 0.99].map((quantile) => {
    const each = quarters.map((quarter = []) => quantileOf(quarter, quantile));
    const name = `${route}, p${quantile * 100}, ${samples.length} requests`;
    return { name, unit: 'ms', median: quantileOf(samples, quantile), minimum: Math.min(...each), maximum: Math.max(...each) };
  });
}

interface Reading {
  readonly at: number;
  readonly value: number;
}

/** Looks at memory every second, and posts a probe as soon as the last is settled. */
function watch(readMemory: () => Promise<number>, probe: (n: number) => Promise<number | undefined>) {
  const begun = performance.now();
  const memory: Reading[] = [];
  const lags: Reading[] = [];
  let stopping = false;
  const every = async (readings: Reading[], read: () => Promise<number | undefined>) => {
    while (!stopping) {
      const value = await read();
      if (value !== undefined) readings.push({ at: performance.now() - begun, value });
      await delay(1000);
    }
  };
  let probes = 0;
  const both = Promise.all([
    every(memory, readMemory),
    every(lags, () => {
      probes += 1;
      return probe(probes);
    }),
  ]);
  return {
    async stop() {
      stopping = true;
      await both;
      return { memory, lags };
    },
  };
}

/** The last quarter of a run beside the first. */
function endBeside(name: string, unit: Figure['unit'], readings: readonly Reading[]): Figure {
  const values = readings.map(({ value }) => value);
  const quarter = Math.max(1, Math.floor(values.length / 4));
  return {
    name,
    unit,
    ...{ median: medianOf(values.slice(-quarter)), minimum: Math.min(...values), maximum: Math.max(...values) },
    reference: { name: 'at the start', median: medianOf(values.slice(0, quarter)) },
  };
}

/** By how much a value grows in a minute (least squares). */
function slopeOf(readings: readonly Reading[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middle, level] = [mean(readings.map((reading) => reading.at)), mean(readings.map(({ value }) => value))];
  const shared = readings.reduce((sum, reading) => sum + (reading.at - middle) * (reading.value - level), 0);
  const spread = readings.reduce((sum, reading) => sum + (reading.at - middle) ** 2, 0);
  return (shared / spread) * 60_000;
}

/** Counts everything anew, once what the load has left is settled. */
async function totalDrift(ask: Ask): Promise<number> {
  const admin = await tokenOf('root', 'admin');
  let drift = 0;
  for (const id of articleIds) {
    // An article that still changes cannot be recounted.
    let answer = await ask('POST', `/v1/admin/articles/${id}/recount`, admin);
    for (let tries = 1; answer.status !== 200 && tries < 20; tries += 1) {
      await delay(1000);
      answer = await ask('POST', `/v1/admin/articles/${id}/recount`, admin);
    }
    drift += answer.json.drift ?? Number.NaN;
  }
  return drift;
}
