import type { Figure, Progress } from './figure.ts';

/** One part of the benchmark: a file beside this one. */
export interface Part {
  /** Whether it measures functions, which then find an empty table and are told of it by their environment. */
  readonly onTable?: true;
  /** `streamArn` names the stream of that table. */
  measure(progress: Progress, streamArn: string): Promise<readonly Figure[]> | readonly Figure[];
}

/** All parts by name. Each is loaded when its turn comes, because functions read their environment while they are loaded. */
export const parts: Readonly<Record<string, Part>> = {
  'cold-start': { measure: async (progress) => (await import('./cold-start.ts')).measureColdStart(progress) },
  handlers: { onTable: true, measure: async (progress) => (await import('./handlers.ts')).measureHandlers(progress) },
  permissions: { measure: async (progress) => (await import('./permissions.ts')).measurePermissions(progress) },
  phrases: { measure: async () => (await import('./phrases.ts')).measurePhrases() },
  thread: { onTable: true, measure: async (progress) => (await import('./thread.ts')).measureThread(progress) },
  units: { onTable: true, measure: async (_progress, streamArn) => (await import('./units/units.ts')).measureUnits(streamArn) },
};
