import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseConfiguration } from '../../lib/configuration.ts';
import type { Figure } from '../figure.ts';
import type { Costs } from '../units/operations.ts';
import { ceilingOf, type Durations, type Place, placesOf, type Situation, tightest } from './model.ts';

const read = (path: string) => JSON.parse(readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8'));

/** What is asked about in particular. */
const commentsPerSecond = Number(process.env.SCALE_COMMENTS ?? 1_000);
const readersPerSecond = Number(process.env.SCALE_READERS ?? 10_000);

/** A storm of comments of 500 characters at the top level, settled in transactions that are a third full, on a table that has just split. */
const storm = {
  readersPerSecond,
  edge: true,
  replies: 0,
  reactions: 0,
  long: false,
  commentsPerTransaction: 30,
  shards: 1,
  streamShards: 4,
};

const variants: Readonly<Record<string, Partial<Situation>>> = {
  'as it is built': {},
  'without the edge': { edge: false },
  'without the edge, with 500 readers': { edge: false, readersPerSecond: 500 },
  'half of them replies': { replies: 0.5 },
  'of 1,000 characters': { long: true },
  'a comment a transaction': { commentsPerTransaction: 1 },
  'a reaction for each of them, the stage throttled at 10,000': { reactions: 1, throttle: 10_000 },
  'in 4 shards': { shards: 4 },
  'in 4 shards, the stage throttled at 10,000': { shards: 4, throttle: 10_000 },
  'a reaction for each of them, in 4 shards, the stage throttled at 10,000': { reactions: 1, shards: 4, throttle: 10_000 },
  'of 1,000 characters, in 4 shards, the stage throttled at 10,000': { long: true, shards: 4, throttle: 10_000 },
};

/** What one article holds, on paper: DynamoDB's, Lambda's and the gateway's limits, and the units that were measured on each engine. */
export function measureScale(): Figure[] {
  const throttle = parseConfiguration(read('../../config/production.json')).throttle.ratePerSecond;
  const { post, page, settle } = read('../../bin/cost/measured.json').functions;
  const durations: Durations = { post: post.milliseconds, page: page.milliseconds, settle: settle.milliseconds, transaction: 20 };
  return measuredCosts().flatMap(([engine, costs]) => {
    const at = (changes: Partial<Situation>) => (commentsPerSecond: number) =>
      placesOf({ ...storm, throttle, ...changes, commentsPerSecond }, costs, durations);
    const asked = `${commentsPerSecond} comments/s, ${readersPerSecond} readers/s`;
    const edged = at({})(commentsPerSecond);
    // Most places do not see readers at all.
    const bare = at({ edge: false })(commentsPerSecond).filter(({ load }, n) => load !== edged[n]?.load);
    return [
      ...edged.map((place) => figureOf(`${asked}, ${engine}, ${place.name}`, place)),
      ...bare.map((place) => figureOf(`${asked} without the edge, ${engine}, ${place.name}`, place)),
      ...Object.entries(variants).map(([name, changes]) => ceilingFigure(`most comments/s, ${engine}, ${name}`, at(changes))),
    ];
  });
}

function measuredCosts(): [string, Costs][] {
  const folder = fileURLToPath(new URL('../units/', import.meta.url));
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => [`units of ${basename(file, '.json')}`, read(`../units/${file}`)]);
}

const exactly = (value: number) => ({ median: value, minimum: value, maximum: value });

const figureOf = (name: string, { load, limit }: Place): Figure => ({ name, unit: 'per second', ...exactly(load), budget: limit });

function ceilingFigure(name: string, placesAt: (commentsPerSecond: number) => Place[]): Figure {
  const ceiling = ceilingOf(placesAt);
  const first = tightest(placesAt(ceiling + 1));
  const figure: Figure = { name, unit: 'per second', ...exactly(ceiling) };
  return first === undefined ? figure : { ...figure, note: `first full: ${first.name}` };
}
