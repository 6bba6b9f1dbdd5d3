import type { Figure, Progress } from './figure.ts';

/** What the run was told to measure on. */
export interface Setting {
  /** dynoxide, dynamodb-local, or the URL of an engine that runs. */
  readonly engine: string;
  /** Names the stream of the table that is there for a part on a table. */
  readonly streamArn: string;
}

/** One part of the benchmark: a file beside this one. */
export interface Part {
  /** What it measures, beside what, for whoever reads the figures. */
  readonly about: string;
  /** The variables of the environment that make it larger or smaller, with their defaults. */
  readonly sizes?: string;
  /** Whether it measures functions, which then find an empty table and are told of it by their environment. */
  readonly onTable?: true;
  measure(progress: Progress, setting: Setting): Promise<readonly Figure[]> | readonly Figure[];
}

/** All parts by name. Each is loaded when its turn comes, because functions read their environment while they are loaded. */
export const parts: Readonly<Record<string, Part>> = {
  'cold-start': {
    about: 'What the code of a function weighs and how long it takes to load, beside a bundle of the bare SDK with the same commands.',
    measure: async (progress) => (await import('./cold-start.ts')).measureColdStart(progress),
  },
  growth: {
    about:
      'What a page, a post and its settling cost in an article that grows, and what lists cost while articles grow in number: request units, calls, and milliseconds beside the bare SDK making the same calls.',
    sizes: 'GROWTH_COMMENTS=100,1000,10000,100000 GROWTH_ARTICLES=100,1000,10000,100000 GROWTH_ROUNDS=40',
    onTable: true,
    measure: async (progress, setting) => (await import('./growth.ts')).measureGrowth(progress, setting),
  },
  handlers: {
    about: 'What a request costs a warm function, beside the bare SDK making the same calls, with a store that answers from memory.',
    onTable: true,
    measure: async (progress) => (await import('./handlers.ts')).measureHandlers(progress),
  },
  load: {
    about: 'A mix of readers, members and moderators at a constant rate, against the whole local runtime.',
    sizes: 'LOAD_MINUTES=0.5',
    measure: async (progress, { engine }) => (await import('./load.ts')).measureLoad(progress, engine),
  },
  permissions: {
    about: 'The local runtime with the permissions of its functions enforced, beside the same without.',
    measure: async (progress) => (await import('./permissions.ts')).measurePermissions(progress),
  },
  phrases: {
    about: 'Looking for 5,000 phrases in long comments, beside reading the same text once.',
    measure: async () => (await import('./phrases.ts')).measurePhrases(),
  },
  scale: {
    about:
      'On paper: what all comments of one article meet in, from the units that were measured and the limits that AWS documents. See decisions [039](decisions/039-one-article-has-one-partition-of-each-list.md), [041](decisions/041-a-hot-article-spreads-its-lists.md) and [042](decisions/042-a-hot-articles-ranking-is-spread-too.md).',
    sizes: 'SCALE_COMMENTS=1000 SCALE_READERS=10000',
    measure: async () => (await import('./scale/scale.ts')).measureScale(),
  },
  settling: {
    about:
      'Comments settled per second, beside the bare SDK making the same transactions; and how long a comment waits for it in the whole local runtime, where comments arrive in the table at a constant rate.',
    sizes: 'SETTLING_BATCHES=30 SETTLING_ARTICLES=1000 SETTLING_SECONDS=20',
    onTable: true,
    measure: async (progress, setting) => (await import('./settling.ts')).measureSettling(progress, setting),
  },
  start: {
    about: 'How long `npm start` takes until it can answer, beside a bare server of Node.js.',
    sizes: 'START_ROUNDS=5',
    measure: async (progress, { engine }) => (await import('./start.ts')).measureStart(progress, engine),
  },
  thread: {
    about: 'Pages of an article with many comments, the first and the deepest of each order, beside the bare SDK making the same calls.',
    sizes: 'THREAD_COMMENTS=20000 THREAD_ROUNDS=100',
    onTable: true,
    measure: async (progress) => (await import('./thread.ts')).measureThread(progress),
  },
  throughput: {
    about:
      'The highest constant rate at which 99 of 100 requests are answered within 100 ms by the whole local runtime, beside a bare server of Node.js in a process of its own that answers the same bytes; and pages read from the table, beside the bare SDK.',
    sizes: 'THROUGHPUT_SECONDS=5 THROUGHPUT_ROUNDS=3 THREAD_COMMENTS=20000',
    measure: async (progress, { engine }) => (await import('./throughput.ts')).measureThroughput(progress, engine),
  },
  units: {
    about: 'Request units and calls of everything that the API can do, on functions that keep nothing.',
    onTable: true,
    measure: async (_progress, { streamArn }) => (await import('./units/units.ts')).measureUnits(streamArn),
  },
};
