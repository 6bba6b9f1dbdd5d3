import type { Api, Comment } from './api.ts';
import type { LedgerEntry } from './ledger.ts';
import { subjectOf } from './names.ts';
import type { PageComment } from './page.ts';

/** Looks for a comment that the server already has although the ledger does not say so; resolves to it or to nothing. */
export type Adopt = (comment: PageComment, parentId: string | undefined) => Promise<Comment | undefined>;

/**
 * What finds comments whose answer, or whose line in the ledger, a crash has lost. Only comments later than the last of
 * the ledger can be such (ids are in the order of time), so each thread is read from its newest comment back to that one;
 * with an empty ledger, to its beginning. Threads are read once.
 */
export function adopter(api: Api, entries: readonly LedgerEntry[]): Adopt {
  const last = entries.at(-1)?.id ?? '';
  const taken = new Set<string>();
  const threads = new Map<string | undefined, Promise<Comment[]>>();

  const later = async (parentId: string | undefined): Promise<Comment[]> => {
    const found: Comment[] = [];
    for await (const comment of api.newest(parentId)) {
      if (comment.id <= last) break;
      found.push(comment);
    }
    return found;
  };
  const thread = (parentId: string | undefined): Promise<Comment[]> => {
    const known = threads.get(parentId) ?? later(parentId);
    threads.set(parentId, known);
    return known;
  };

  return async (wanted, parentId) => {
    const author = subjectOf(wanted.author);
    const visible = (await thread(parentId)).filter((comment) => comment.author?.id === author);
    const hidden = (await api.unapproved(wanted.author)).filter((comment) => (comment.parentId ?? undefined) === parentId);
    const [first] = [...visible, ...hidden]
      .filter(({ id, body }) => id > last && !taken.has(id) && bare(body ?? '') === bare(wanted.body))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    if (first) taken.add(first.id);
    return first;
  };
}

// The server stores text in NFC, trimmed and without control characters: what that may change does not make another text.
const bare = (text: string): string => text.normalize('NFC').replace(/[\s\p{Cc}\p{Cf}]+/gu, '');
