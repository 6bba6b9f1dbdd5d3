import { recounted, recountRound } from '#articles/recount-round.ts';
import { logFigures } from '#http/log.ts';
import { consumption } from '#http/metrics.ts';
import { measureQueues } from '#moderation/measure-queues.ts';
import { startMeter } from '#table/meter.ts';

/**
 * Lambda entry of the schedule: measures what waits for moderators, then recounts some articles.
 * @throws Error when a recount failed, so that the invocation counts as an error; everything else was done
 */
export async function handler(): Promise<void> {
  const meter = startMeter();
  const now = new Date();
  logFigures('queues', {}, [await measureQueues(now)]);
  const { articles, drifted, skipped, failed } = await recountRound(now, meter);
  const drift = Object.values(drifted).reduce((sum, each) => sum + each, 0);
  logFigures('recounted', { drifted, failed, calls: meter.calls }, [
    recounted({ Articles: articles, Drift: drift, Skipped: skipped }),
    consumption(meter.consumed),
  ]);
  if (failed > 0) throw new Error(`${failed} articles could not be recounted`);
}
