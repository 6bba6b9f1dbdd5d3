import { mkdir, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

/** Microseconds between two looks at the stack, and bytes between two allocations that are looked at, on average. */
const interval = 100;
const bytes = 8_192;

/**
 * Runs `work` under the profilers of V8 and writes what they saw: where time went, and where memory was allocated, whether it was
 * collected since or not. Chrome's developer tools and VS Code open both files.
 *
 * @returns the paths of the two
 */
export async function profiled(folder: string, name: string, work: () => Promise<unknown>): Promise<[cpu: string, heap: string]> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval });
    await session.post('HeapProfiler.startSampling', {
      ...{ samplingInterval: bytes, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true },
    });
    await session.post('Profiler.start');
    await work();
    const cpu = (await session.post('Profiler.stop')).profile;
    const heap = (await session.post('HeapProfiler.stopSampling')).profile;
    await mkdir(folder, { recursive: true });
    return [await write(join(folder, `${name}.cpuprofile`), cpu), await write(join(folder, `${name}.heapprofile`), heap)];
  } finally {
    session.disconnect();
  }
}

async function write(path: string, profile: object): Promise<string> {
  await writeFile(path, JSON.stringify(profile));
  return path;
}
