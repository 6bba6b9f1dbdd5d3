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
  /** Whether it measures functions, which then find an empty table and are told of it by their environment. */
  readonly onTable?: true;
  measure(progress: Progress, setting: Setting): Promise<readonly Figure[]> | readonly Figure[];
}

/** All parts by name. Each is loaded when its turn comes, because functions read their environment while they are loaded. */
export const parts: Readonly<Record<string, Part>> = {
  'cold-start': { measure: async (progress) => (await import('./cold-start.ts')).measureColdStart(progress) },
  growth: { onTable: true, measure: async (progress, setting) => (await import('./growth.ts')).measureGrowth(progress, setting) },
  handlers: { onTable: true, measure: async (progress) => (await import('./handlers.ts')).measureHandlers(progress) },
  load: { measure: async (progress, { engine }) => (await import('./load.ts')).measureLoad(progress, engine) },
  permissions: { measure: async (progress) => (await import('./permissions.ts')).measurePermissions(progress) },
  phrases: { measure: async () => (await import('./phrases.ts')).measurePhrases() },
  scale: { measure: async () => (await import('./scale/scale.ts')).measureScale() },
  settling: { onTable: true, measure: async (progress, setting) => (await import('./settling.ts')).measureSettling(progress, setting) },
  thread: { onTable: true, measure: async (progress) => (await import('./thread.ts')).measureThread(progress) },
  throughput: { measure: async (progress, { engine }) => (await import('./throughput.ts')).measureThroughput(progress, engine) },
  units: { onTable: true, measure: async (_progress, { streamArn }) => (await import('./units/units.ts')).measureUnits(streamArn) },
};
