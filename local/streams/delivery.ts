import type { Outcome } from '../lambda/instance.ts';
import { messageOf } from '../problem.ts';
import type { MappingPlan } from '../template/mappings.ts';
import type { EventRecord } from './record.ts';
import { firstFailure } from './response.ts';

/** Why records are given up ("Retain discarded records for a DynamoDB event source in Lambda"). */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export interface Discarded {
  readonly records: readonly EventRecord[];
  readonly condition: DiscardCondition;
  /** How often the function was called with them. */
  readonly invocations: number;
  /** Whether the last call ended with an error, rather than with a report of failed records. */
  readonly functionError: boolean;
}

export interface DeliveryTarget {
  readonly plan: Pick<MappingPlan, 'bisect' | 'maximumRetries' | 'maximumAgeMilliseconds' | 'reportsItemFailures'>;
  /**
   * Since when records have been delivered, in milliseconds since 1970. Lambda never stops; the runtime does, for a night or a week, and no
   * record grows too old while nobody could have had it.
   */
  readonly since: number;
  invoke(event: string): Promise<Outcome>;
  /** Records that are processed, or durably given up. */
  acknowledge(records: readonly EventRecord[]): void;
  /** Keeps what is given up; resolves once that would survive a crash. */
  discard(discarded: Discarded): Promise<void>;
  readonly onProblem: (line: string) => void;
  /** Waits between tries; rejects, or returns early, when the pump stops. */
  wait(milliseconds: number): Promise<void>;
  stopping(): boolean;
}

/** A piece of a batch, in stream order with the others. */
interface Part {
  readonly records: readonly EventRecord[];
  /** Calls that count against the quota of retries. */
  readonly failures: number;
  readonly invocations: number;
  readonly functionError: boolean;
}

const firstWait = 200;
const longestWait = 10_000;

/**
 * Takes one batch through the function until every record of it is processed or given up, as Lambda does ("Retain discarded records for a
 * DynamoDB event source in Lambda": "Lambda retries until the records expire, exceed the maximum age, or reach the configured retry
 * quota"; "Configuring partial batch response with DynamoDB and Lambda"). Left unfinished when the pump stops: what was not acknowledged
 * comes again.
 */
export async function deliver(records: readonly EventRecord[], target: DeliveryTarget): Promise<void> {
  const parts: Part[] = [{ records, failures: 0, invocations: 0, functionError: false }];
  for (let part = parts.shift(); part !== undefined && !target.stopping(); part = parts.shift()) {
    const fresh = await discardAged(part, target);
    if (fresh === undefined) continue;
    const outcome = await target.invoke(JSON.stringify({ Records: fresh.records }));
    // What the end of the pump cut short is no failure of the function, and costs no retry.
    if (!outcome.ok && target.stopping()) return;
    const failed = failedFrom(outcome, fresh.records, target);
    target.acknowledge(failed === undefined ? fresh.records : fresh.records.slice(0, failed));
    if (failed === undefined) continue;
    const again = await afterFailure(fresh, failed, !outcome.ok, target);
    parts.unshift(...again);
    if (again.length > 0) await target.wait(Math.min(longestWait, firstWait * 2 ** Math.max(0, fresh.failures)));
  }
}

/** "These responses will not be processed by Lambda unless the `ReportBatchItemFailures` feature is explicitly turned on." */
function failedFrom(outcome: Outcome, records: readonly EventRecord[], { plan }: DeliveryTarget): number | undefined {
  if (!outcome.ok) return 0;
  return plan.reportsItemFailures ? firstFailure(outcome.payload, records) : undefined;
}

/**
 * Which parts come again, in which order; none if the failed records are given up. Progress begins a new count of retries: what is left
 * is then another batch.
 */
async function afterFailure(part: Part, failed: number, functionError: boolean, target: DeliveryTarget): Promise<Part[]> {
  const { bisect, maximumRetries } = target.plan;
  const records = part.records.slice(failed);
  const invocations = part.invocations + 1;
  // "The batch is bisected at the returned sequence number, and Lambda retries only the remaining records"; "splitting batches doesn't
  // consume the retry quota". Where the very first record failed, nothing is split off that way, and the batch is halved.
  if (bisect && failed > 0) return [{ records, failures: 0, invocations, functionError }];
  if (bisect && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    const { failures } = part;
    return [records.slice(0, middle), records.slice(middle)].map((half) => ({ records: half, failures, invocations, functionError }));
  }
  const failures = (failed > 0 ? 0 : part.failures) + 1;
  if (failures <= maximumRetries) return [{ records, failures, invocations, functionError }];
  await giveUp({ records, condition: 'RetryAttemptsExhausted', invocations, functionError }, target);
  return [];
}

/** What is left of a part without the records that have become too old; asked before every call, also of one that is a retry. */
async function discardAged(part: Part, target: DeliveryTarget): Promise<Part | undefined> {
  const oldest = Date.now() - target.plan.maximumAgeMilliseconds;
  const firstFresh = part.records.findIndex(
    ({ dynamodb }) => Math.max(dynamodb.ApproximateCreationDateTime * 1000, target.since) >= oldest,
  );
  if (firstFresh === 0) return part;
  const aged = firstFresh === -1 ? part.records : part.records.slice(0, firstFresh);
  const { invocations, functionError } = part;
  await giveUp({ records: aged, condition: 'RecordAgeExceeded', invocations, functionError }, target);
  return firstFresh === -1 ? undefined : { ...part, records: part.records.slice(firstFresh) };
}

/** What cannot be written down stays, and all behind it: the disk may be full for a while. */
async function giveUp(discarded: Discarded, target: DeliveryTarget): Promise<void> {
  for (let attempt = 0; !target.stopping(); attempt += 1) {
    try {
      await target.discard(discarded);
      target.acknowledge(discarded.records);
      return;
    } catch (error) {
      target.onProblem(`What was given up could not be kept: ${messageOf(error)}`);
      await target.wait(Math.min(longestWait, firstWait * 2 ** attempt));
    }
  }
}
