import type { Verdict } from '#comments/rules/verdict.ts';
import type { PackedView } from '#comments/rules/view.ts';
import { commentPartitionOf, decisionKey, type Key, reportKey, revisionKey } from '#table/keys.ts';
import { queryPrefix } from '#table/query.ts';
import type { AuditItem } from './audit-record.ts';

/** A text that a comment had before an edit, and what was said of it. */
export type EditItem = Key & { view: PackedView; verdict?: Verdict; verdicts?: Verdict[]; until: string };

/** A report as its member left it; one without a reason is being taken back. */
export type ReportItem = Key & { view?: string; note?: string; at?: string };

/** What happened to a comment, as far as one page has it; each the oldest first, reports by member. */
export interface History {
  edits: EditItem[];
  decisions: AuditItem[];
  reports: ReportItem[];
  /** The sort key after which there is more. */
  next: string | undefined;
}

/** Records of a page at most. */
const pageSize = 100;

/** The sorts of records, in the order in which pages go through them: reactions, which may be countless, are none. */
const prefixes = [revisionKey('', 0), decisionKey('', ''), reportKey('', '')].map(({ sk }) => sk.slice(0, sk.indexOf('#') + 1));

/** What a cursor over the history of a comment carries. */
export const historyPosition = /^(?:revision#\d{6}|decision#[0-9a-f-]{36}|report#[^\p{Cc}\p{Cs}]{1,128})$/u;

/** Reads a page of what is kept with a comment: one query of its partition for each sort, side by side. */
export async function readHistory(commentId: string, after: string | undefined): Promise<History> {
  const sorts = after === undefined ? prefixes : prefixes.slice(prefixes.findIndex((prefix) => after.startsWith(prefix)));
  const lists = await Promise.all(
    sorts.map((prefix, n) =>
      queryPrefix<Key>(commentPartitionOf(commentId), prefix, { limit: pageSize + 1, ...(n === 0 && after !== undefined && { after }) }),
    ),
  );
  const found = lists.flat();
  const page = found.slice(0, pageSize);
  const [edits, decisions, reports] = prefixes.map((prefix) => page.filter(({ sk }) => sk.startsWith(prefix)));
  return {
    edits: edits as EditItem[],
    decisions: decisions as AuditItem[],
    reports: reports as ReportItem[],
    next: found.length > pageSize ? page.at(-1)?.sk : undefined,
  };
}
