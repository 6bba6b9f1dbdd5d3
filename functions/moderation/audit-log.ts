import { earliestId } from '#comments/rules/earliest-id.ts';
import { createdAt } from '#comments/rules/view.ts';
import { getItems } from '#table/get.ts';
import { auditAbout, auditBy, auditOfDay, auditOn, type IndexName, type Key } from '#table/keys.ts';
import { queryIndex } from '#table/query.ts';
import type { AuditEntry, AuditItem } from './audit-record.ts';
import { type Picked, pickPage } from './pick-page.ts';

/** Which records are asked for; times in RFC 3339, UTC. */
export interface AuditQuery {
  /** The first moment that is wanted, and the first that is not any more. */
  since?: string | undefined;
  until?: string | undefined;
  /** Who did it, on which article, concerning whom. */
  actor?: string | undefined;
  article?: string | undefined;
  member?: string | undefined;
}

/** Where a page begins and how long it may be. */
interface Page {
  limit: number;
  after: string | undefined;
}

type Row = Key & { order: string; view?: string };

/** Reads a page of the record of what moderators did, newest first, each as the text that is printed. */
export function readAudit(query: AuditQuery, { limit, after }: Page, now: Date): Promise<Picked<string>> {
  const from = query.since && earliestId(Date.parse(query.since));
  const start = after ?? (query.until && earliestId(Date.parse(query.until)));
  const [list, ...others] = listsOf(query);
  if (list === undefined) return readDays({ limit, after: start, from }, now);
  return pickPage<Row, string>({
    ...{ limit, from, after: start, picky: others.length > 0 },
    read: (below, size) => queryIndex({ ...list, limit: size, ascending: false, after: below }),
    look: async (rows) => {
      const views = await readViews(rows);
      return views.map((view) => (view !== undefined && others.every(({ has }) => has(JSON.parse(view))) ? view : undefined));
    },
  });
}

/** A list of records, and whether a record is in it. */
interface AuditList {
  index: IndexName;
  partition: string;
  has(entry: AuditEntry): boolean;
}

/** The lists that have all that is asked for, the shortest first as a rule: it is read, and compared with the others. */
function listsOf({ member, article, actor }: AuditQuery): AuditList[] {
  const lists: (AuditList | undefined)[] = [
    member === undefined ? undefined : { index: 'author', partition: auditAbout(member), has: ({ memberId }) => memberId === member },
    article === undefined ? undefined : { index: 'article', partition: auditOn(article), has: ({ articleId }) => articleId === article },
    actor === undefined ? undefined : { index: 'flat', partition: auditBy(actor), has: (entry) => entry.actor.id === actor },
  ];
  return lists.filter((list) => list !== undefined);
}

/** What the rows print; those of an index that carries keys alone are read. */
async function readViews(rows: readonly Row[]): Promise<(string | undefined)[]> {
  const missing = await getItems<AuditItem>(rows.filter(({ view }) => view === undefined));
  const read = new Map(missing.map(({ sk, view }) => [sk, view]));
  return rows.map(({ sk, view }) => view ?? read.get(sk));
}

const dayLength = 24 * 60 * 60 * 1_000;
/** No record is older than the software that writes them. */
const firstDay = Math.floor(Date.parse('2026-11-01') / dayLength);
/** How many days are asked at once: more and more while they are empty, 63 for one page at most. */
const daysAtOnce = [1, 2, 4, 8, 16, 32];

/** Reads on from day to day, backwards. */
async function readDays({ limit, after, from = '' }: Page & { from: string | undefined }, now: Date): Promise<Picked<string>> {
  const latest = Math.min(now.getTime(), after === undefined ? Number.POSITIVE_INFINITY : Date.parse(createdAt(after)));
  const earliest = Math.max(firstDay, from === '' ? 0 : dayOf(from));
  const rows: Row[] = [];
  let day = Math.floor(latest / dayLength);
  for (const several of daysAtOnce) {
    const days = Array.from({ length: several }, (_, n) => day - n).filter((each) => each >= earliest);
    const found = await Promise.all(days.map((each) => readDay(each, limit + 1, after)));
    rows.push(...found.flat().filter(({ order }) => order >= from));
    day -= several;
    if (rows.length > limit) return { items: viewsOf(rows.slice(0, limit)), next: rows[limit - 1]?.order };
    if (day < earliest) return { items: viewsOf(rows), next: undefined };
  }
  return { items: viewsOf(rows), next: earliestId(Date.parse(startOf(day + 1))) };
}

const readDay = (day: number, limit: number, after: string | undefined): Promise<Row[]> =>
  queryIndex({ index: 'thread', partition: auditOfDay(startOf(day).slice(0, 10)), limit, ascending: false, after });

const startOf = (day: number) => new Date(day * dayLength).toISOString();
const dayOf = (id: string) => Math.floor(Date.parse(createdAt(id)) / dayLength);
const viewsOf = (rows: readonly Row[]) => rows.flatMap(({ view }) => view ?? []);
