import { Session } from 'node:inspector/promises';

let counting: Promise<Session> | undefined;

/**
 * Counts how often `work` enters a function or a block of the scripts that `inScripts` matches: the same number on every machine, however
 * busy it is. V8 counts for its coverage ("precise coverage" in the Chrome DevTools Protocol, Profiler domain). What it had optimised before
 * the first count goes uncounted, so whoever counts does it in a process of its own.
 */
export async function countSteps(inScripts: RegExp, work: () => unknown): Promise<number> {
  counting ??= startCounting();
  const session = await counting;
  // What is taken is counted anew.
  await session.post('Profiler.takePreciseCoverage');
  work();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const counts = result
    .filter(({ url }) => inScripts.test(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function startCounting(): Promise<Session> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return session;
}
