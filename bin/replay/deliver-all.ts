import { deliver } from '../../local/streams/delivery.ts';
import type { EventRecord } from '../../local/streams/record.ts';
import type { Failure } from './failure.ts';
import type { Waking } from './place.ts';
import type { ReplayOptions } from './replay.ts';

/** A replay is run while somebody watches, and can be run again: it gives up sooner than the mapping. */
const retries = 2;

/**
 * Takes records through their function as its mapping would.
 * @returns how many could not be processed
 */
export async function deliverAll(
  { place, signal, wait, say }: Pick<ReplayOptions, 'place' | 'signal' | 'wait' | 'say'>,
  { functionArn }: Failure,
  { batchSize }: Waking,
  records: readonly EventRecord[],
): Promise<number> {
  let done = 0;
  let givenUp = 0;
  for (let start = 0; start < records.length && !signal.aborted; start += batchSize) {
    await deliver(records.slice(start, start + batchSize), {
      plan: { bisect: true, maximumRetries: retries, maximumAgeMilliseconds: Number.POSITIVE_INFINITY, reportsItemFailures: true },
      since: 0,
      invoke: (event) => place.invoke(functionArn, event),
      acknowledge: (acknowledged) => {
        done += acknowledged.length;
      },
      discard: async (discarded) => {
        givenUp += discarded.records.length;
      },
      onProblem: say,
      wait,
      stopping: () => signal.aborted,
    });
  }
  return records.length - (done - givenUp);
}
