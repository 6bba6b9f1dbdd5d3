import * as z from 'zod/mini';
import type { Comment } from '#comments/comment.ts';
import { fitPage, pageReply } from '#comments/comment-page.ts';
import { readComments } from '#comments/comment-storage.ts';
import { queueNames } from '#comments/rules/contribution.ts';
import { printOwn } from '#comments/rules/own-view.ts';
import { verdictForAuthor } from '#comments/rules/verdict.ts';
import { type PackedView, unpackView } from '#comments/rules/view.ts';
import type { Caller } from '#http/caller.ts';
import { readCursor, writeCursor } from '#http/cursor.ts';
import { endpoint } from '#http/endpoint.ts';
import { page } from '#http/scalars.ts';
import { readLeases } from '#moderation/claims.ts';
import { getItems } from '#table/get.ts';
import { commentKey, type Key, reactionKey, reactionsBy, reportKey, reportsBy, revisionKey } from '#table/keys.ts';
import { queryIndex } from '#table/query.ts';
import { readMember } from './member-storage.ts';
import { standingAt, standingForMember } from './rules/standing.ts';

/** What is stored about a member, part by part; the letter of a cursor says in which it lies. */
const parts = ['c', 'r', 'p'] as const;
type Part = (typeof parts)[number];
const position = /^[crp][0-9a-f-]{0,36}$/;

/** A mark as its member left it. */
type StoredMark = Key & { order: string; view?: string; note?: string; at?: string };

/**
 * All that is stored about the caller, in pages: the profile and what they hold of the queues first, then every comment in whatever status with its
 * verdict, its earlier texts and an edit that still waits, every reaction and every report, each saying of what `type` it is.
 */
export const exportMe = endpoint({
  query: z.object(page),
  handle: async ({ query: { limit, cursor }, caller, now }) => {
    const scope = ['export', caller.id];
    const after = readCursor(cursor, scope, position);
    const profile = after === undefined ? [await printProfile(caller, now), ...(await printClaims(caller, now))] : [];
    const stored = await readParts(caller, limit, after ?? parts[0]);
    const lines = [...profile.map((text) => ({ position: parts[0], text })), ...stored.lines];
    const printed = lines.map(({ text }) => text);
    const { items, next } = fitPage(lines, printed, { next: stored.next, positionOf: (line) => line.position });
    return pageReply({ items, nextCursor: next === undefined ? null : writeCursor(next, scope) });
  },
});

/** What is printed of something that is stored, and the position behind it. */
interface Line {
  position: string;
  text: string;
}

/** As many as `limit` of what is stored, part after part, from a position on, and the position of the rest. */
async function readParts(caller: Caller, limit: number, from: string): Promise<{ lines: Line[]; next: string | undefined }> {
  const lines: Line[] = [];
  let room = limit;
  let next: string | undefined = from;
  while (next !== undefined && room > 0) {
    const part = next.slice(0, 1) as Part;
    const ids = await listIds(part, caller, room + 1, next.slice(1) || undefined);
    const page = ids.slice(0, room);
    lines.push(...(await printPart(part, page, caller)));
    room -= page.length;
    next = ids.length > page.length ? `${part}${page.at(-1)}` : parts[parts.indexOf(part) + 1];
  }
  return { lines, next };
}

async function listIds(part: Part, caller: Caller, limit: number, after: string | undefined): Promise<string[]> {
  const partition = { c: caller.id, r: reactionsBy(caller.id), p: reportsBy(caller.id) }[part];
  return (await queryIndex<{ order: string }>({ index: 'author', partition, limit, ascending: true, after })).map(({ order }) => order);
}

/** The note of a standing stays with the moderators: it may name others, and would give a mute away, be it a past one. */
async function printProfile(caller: Caller, now: Date): Promise<string> {
  const member = await readMember(caller.id);
  return JSON.stringify({ type: 'profile', id: caller.id, name: member.name ?? null, ...standingForMember(standingAt(member, now)) });
}

/** What a moderator has claimed, a line for each queue. */
async function printClaims({ id }: Caller, now: Date): Promise<string[]> {
  const claims = await Promise.all(queueNames.map(async (queue) => ({ queue, leases: await readLeases(queue, now) })));
  return claims.flatMap(({ queue, leases }) =>
    leases
      .filter(({ by }) => by === id)
      .map(({ ids, until }) => JSON.stringify({ type: 'claim', queue, commentIds: ids, until: new Date(until).toISOString() })),
  );
}

async function printPart(part: Part, ids: readonly string[], caller: Caller): Promise<Line[]> {
  const line = (id: string, text: string): Line => ({ position: `${part}${id}`, text });
  if (part === 'c') {
    const comments = await readComments(ids, { consistent: true });
    const found = ids.flatMap((id) => comments.get(id) ?? []);
    const earlier = await readEarlierTexts(found);
    return found.map((comment) => line(comment.order, printStored(comment, caller, earlier.get(commentKey(comment.order).pk) ?? [])));
  }
  const keyOf = part === 'r' ? reactionKey : reportKey;
  const marks = await getItems<StoredMark>(
    ids.map((id) => keyOf(id, caller.id)),
    { consistent: true },
  );
  const byId = new Map(marks.map((mark) => [mark.order, mark]));
  return ids.flatMap((id) => {
    const mark = byId.get(id);
    return mark?.view === undefined ? [] : [line(id, printMark(part, mark))];
  });
}

/** What a comment said before an edit, and until when. */
interface EarlierText {
  body: string | null;
  until: string;
}

/** The texts that are kept of edited comments, oldest first, by partition key. */
async function readEarlierTexts(comments: readonly Comment[]): Promise<Map<string, EarlierText[]>> {
  const keys = comments.flatMap(({ order, earlier = [] }) => earlier.map((revision) => revisionKey(order, revision)));
  const revisions = await getItems<Key & { view: PackedView; until: string }>(keys, { consistent: true });
  const texts = Map.groupBy(
    revisions.toSorted((a, b) => (a.sk < b.sk ? -1 : 1)),
    ({ pk }) => pk,
  );
  return new Map([...texts].map(([pk, kept]) => [pk, kept.map(({ view, until }) => ({ body: unpackView(view).body, until }))]));
}

function printStored(comment: Comment, caller: Caller, earlier: readonly EarlierText[]): string {
  const { verdict, edited } = comment;
  const besides = {
    verdict: verdict ? verdictForAuthor(verdict) : null,
    earlier,
    waiting: edited === undefined ? null : unpackView(edited).body,
  };
  return `{"type":"comment",${printOwn(caller.id, comment).slice(1, -1)},${JSON.stringify(besides).slice(1)}`;
}

const printMark = (part: Part, { order, view, note, at }: StoredMark) =>
  JSON.stringify(
    part === 'r'
      ? { type: 'reaction', commentId: order, kind: view }
      : { type: 'report', commentId: order, reason: view, note: note ?? null, createdAt: at ?? null },
  );
