import type { ReplayReport } from './replay.ts';
import { encodeResumption } from './resumption.ts';

/** What a replay did, or what it would do, in a few lines. */
export function describe(report: ReplayReport, dryRun: boolean): string {
  const { messages, removed, records, processed, aged, lost, items, woken, left, resumption } = report;
  if (messages === 0) return 'The failure queue is empty: there is nothing to replay.';
  const hinted = aged - lost;
  const lines = dryRun
    ? [
        `Would replay: ${records} records of ${messages} messages.`,
        ...(hinted > 0 ? [`${hinted} messages tell of records that are gone: the table would be read for what is left to do.`] : []),
      ]
    : [
        `Processed: ${processed} of ${records} records of the stream.`,
        ...(items > 0 ? [`Read in the table: ${items} items, ${woken} of them woken.`] : []),
        `Left: ${left}. Messages: ${messages}, of which ${removed} are settled and removed, ${messages - removed} stay.`,
      ];
  if (lost > 0) lines.push(`${lost} messages tell of events that can no longer be told; --drop-lost removes them.`);
  if (resumption !== undefined) lines.push(`Stopped on the way through the table. Go on with: --resume ${encodeResumption(resumption)}`);
  return lines.join('\n');
}

/** Whether anything is left to do. */
export const isIncomplete = ({ messages, removed }: ReplayReport): boolean => removed < messages;
