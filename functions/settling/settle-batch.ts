import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { noteActiveDays } from '#articles/active-days.ts';
import { logError, logFigures } from '#http/log.ts';
import { consumption } from '#http/metrics.ts';
import { advance } from '#jobs/advance.ts';
import { commentKey } from '#table/keys.ts';
import { startMeter } from '#table/meter.ts';
import { addGroup, measuredOf, noFigures } from './batch-figures.ts';
import { commitGroup } from './commit.ts';
import { groupPlans } from './group.ts';
import { changedItems } from './images.ts';
import { type Planned, planBatch } from './plan-batch.ts';
import { wakeMisplaced } from './rank-moves.ts';

/**
 * Settles a batch of the table's stream: screens what is new, then counts every change exactly once, whatever is
 * delivered how often and in which order; and takes every job in it one step further.
 *
 * @returns the records that must come again (partial batch response, Lambda Developer Guide, "Using Lambda with DynamoDB
 *   streams"); everything else is done
 */
export async function settleBatch(records: readonly DynamoDBRecord[], now = new Date()): Promise<DynamoDBBatchResponse> {
  const started = performance.now();
  const meter = startMeter();
  const { jobs, ...changed } = changedItems(records);
  const [planned] = await Promise.all([planBatch(changed, now), noteActiveDays(changed.comments.map(({ image }) => image))]);

  const figures = noFigures(records.length);
  const failed: string[] = [];
  const woken = new Set<string>();
  const ranked = changed.reactions.map(({ image, sequenceNumbers }) => ({ id: image.order, sequenceNumbers }));
  for (const group of groupPlans(planned)) {
    try {
      const committed = await commitGroup(group);
      addGroup(figures, committed, Date.now());
      for (const { key } of committed.settled.flatMap(wakingShares)) woken.add(key.pk);
      for (const { ranked: id, sequenceNumbers } of committed.settled) if (id !== undefined) ranked.push({ id, sequenceNumbers });
    } catch (error) {
      logError('settling failed', group[0]?.sequenceNumbers[0] ?? '', error);
      figures.counts.Failed += group.length;
      failed.push(...group.flatMap(({ sequenceNumbers }) => sequenceNumbers));
    }
  }
  try {
    await wakeMisplaced(ranked.map(({ id }) => id).filter((id) => !woken.has(commentKey(id).pk)));
  } catch (error) {
    logError('a rank could not be looked at', ranked[0]?.sequenceNumbers[0] ?? '', error);
    figures.counts.Failed += ranked.length;
    failed.push(...ranked.flatMap(({ sequenceNumbers }) => sequenceNumbers));
  }
  let steps = 0;
  // Counting goes first: a job has time.
  for (const { image, sequenceNumbers } of jobs) {
    try {
      steps += Number(await advance(image, now));
    } catch (error) {
      logError('a job failed', sequenceNumbers[0] ?? '', error);
      figures.counts.Failed += 1;
      failed.push(...sequenceNumbers);
    }
  }
  const latency = Math.round((performance.now() - started) * 10) / 10;
  logFigures('settled', { steps, calls: meter.calls }, [
    measuredOf(figures, { Latency: latency, Units: meter.units }),
    consumption(meter.consumed),
  ]);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

const wakingShares = ({ plan }: Planned) => plan.shares.filter(({ wake }) => wake);
