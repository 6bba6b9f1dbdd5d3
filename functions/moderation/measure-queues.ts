import { readComments } from '#comments/comment-storage.ts';
import type { QueueName } from '#comments/rules/contribution.ts';
import { createdAt } from '#comments/rules/view.ts';
import { capitalised, type Measured } from '#http/metrics.ts';
import { queueSizes, rowsOf, takeRows } from './queues.ts';
import { queueOf } from './waiting.ts';

/** Rows of a queue that are read at once, and how often. */
const rowsPerRead = 20;
const mostReads = 10;

/** How many comments wait in each queue, and since when the one that was held longest is held: for metrics. */
export async function measureQueues(now: Date): Promise<Measured> {
  const sizes = await queueSizes();
  const sizeMetrics = sizes.map(({ name, size }) => [metricOf(name), size] as const);
  return {
    by: { Work: 'queues' },
    values: { ...Object.fromEntries(sizeMetrics), OldestHeldMinutes: Math.floor((await longestHeld(now)) / 60_000) },
  };
}

const metricOf = (queue: QueueName) => `${capitalised(queue)}Waiting`;

/**
 * How long the comment has been held that waits longest, in milliseconds. A queue is in the order of posting, and readers'
 * reports may hold a comment long after that; but nothing is held for longer than it is there, so whatever was posted after
 * the longest wait began need not be looked at.
 */
async function longestHeld(now: Date): Promise<number> {
  const rows = rowsOf('held', { expected: rowsPerRead });
  let longest = 0;
  for (let reads = 0; reads < mostReads; reads += 1) {
    const ids = (await takeRows(rows, rowsPerRead)).map(({ order }) => order);
    const comments = await readComments(ids);
    for (const comment of comments.values()) {
      if (queueOf(comment) === 'held')
        longest = Math.max(longest, now.getTime() - Date.parse(comment.verdict?.at ?? createdAt(comment.order)));
    }
    const last = ids.at(-1);
    if (ids.length < rowsPerRead || last === undefined || now.getTime() - Date.parse(createdAt(last)) <= longest) break;
  }
  return longest;
}
