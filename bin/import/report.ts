import type { Page } from './page.ts';
import type { ImportReport } from './run.ts';

/** What an import came to, as lines to read; `pageUrl` is where the comments can be seen. */
export function describe(report: ImportReport, { comments, displayedCommentCount }: Page, pageUrl: string): string {
  const { posted, adopted, already, statuses, commentCount, milliseconds } = report;
  const there =
    adopted === 0 ? `${already} already there` : `${already + adopted} already there (${adopted} found without a line in the ledger)`;
  const shown = displayedCommentCount === undefined ? `in the file: ${comments.length}` : `displayed by the page: ${displayedCommentCount}`;
  const isEqual = commentCount === (displayedCommentCount ?? comments.length);
  return [
    `Done in ${(milliseconds / 1000).toFixed(1)} s: ${posted} posted now, ${there}.`,
    `Screening: ${describeStatuses(statuses)}.`,
    `Comments that the article counts: ${commentCount}; ${shown} (${isEqual ? 'equal' : 'not equal'}).`,
    pageUrl,
  ].join('\n');
}

function describeStatuses(statuses: ReadonlyMap<string, number>): string {
  const usual = ['approved', 'held', 'rejected'];
  const unusual = [...statuses.keys()].filter((status) => !usual.includes(status));
  return [...usual, ...unusual]
    .map((status) => `${statuses.get(status) ?? 0} ${status === 'pending' ? 'still pending' : status}`)
    .join(', ');
}
