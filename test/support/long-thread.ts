import { UUID } from 'uuidv7';
import { acceptBody } from '#comments/accept-body.ts';
import { defaultPolicy } from '#moderation/rules/policy.ts';
import { SettledItems } from './settled-items.ts';
import { writeItems } from './write-items.ts';

/** Comments of a thread, all approved, and how they hang together; always the same for the same number of comments. */
export interface LongThread {
  /** All ids, oldest first. */
  ids: string[];
  /** The ids of the top level, oldest first. */
  topLevel: string[];
  /** The comment that every fifth reply answers, and these, oldest first. */
  busiest: string;
  answers: string[];
}

/** One comment as it is posted. */
interface Posting {
  id: string;
  parentId: string | undefined;
  body: string;
  likes: number;
}

/** Of twenty comments five begin at the top level, three answer the busiest comment, three prolong a chain, nine answer anywhere. */
const turn = 20;
const turns = { topLevel: 5, busiest: 8, chain: 11 };
const chainLength = 100;
/** Every tenth comment of the top level has reactions, four at most. */
const likedEvery = 10;

const members = 2_000;
const bodyLength = 500;
const begin = Date.UTC(2026, 0, 1);

/**
 * Fills an article's thread at once, with the very items that posting and settling each comment would leave. The article
 * itself is published by the caller.
 *
 * @param total a multiple of 20; of 20,000, 5,000 are at the top level, 3,000 answer one of them, and thirty chains of
 *   answers to answers are 100 deep
 */
export async function writeLongThread(articleId: string, total: number, onWritten?: (written: number) => void): Promise<LongThread> {
  const settled = new SettledItems(1, new Date(begin));
  const postings = postingsOf(total);
  for (const [n, { id, parentId, body, likes }] of postings.entries()) {
    const author = { id: `member-${n % members}`, name: `member-${n % members}`, picture: null, roles: new Set<string>() };
    settled.post({ id, articleId, parentId, author, text: acceptBody(body, defaultPolicy.maxLength) });
    for (let m = 1; m <= likes; m += 1) settled.react({ articleId, commentId: id, memberId: `member-${(n + m) % members}` }, 'like');
  }
  await writeItems(settled.all(), onWritten);
  const below = (parentId: string | undefined) => postings.filter((each) => each.parentId === parentId).map(({ id }) => id);
  const ids = postings.map(({ id }) => id);
  const busiest = ids[0] ?? '';
  return { ids, topLevel: below(undefined), busiest, answers: below(busiest) };
}

function postingsOf(total: number): Posting[] {
  const postings: Posting[] = [];
  const topLevel: string[] = [];
  const chained: string[] = [];
  for (let n = 0; n < total; n += 1) {
    const posting = { id: idAt(n), body: bodyOf(n), parentId: undefined, likes: 0 };
    const place = n % turn;
    const anywhere = () => topLevel[1 + (scattered(n) % (topLevel.length - 1))];
    if (place < turns.topLevel) {
      postings.push({ ...posting, likes: topLevel.length % likedEvery === 0 ? 1 + (scattered(n) % 4) : 0 });
      topLevel.push(posting.id);
    } else if (place < turns.busiest) {
      postings.push({ ...posting, parentId: topLevel[0] });
    } else if (place < turns.chain) {
      postings.push({ ...posting, parentId: chained.length % chainLength === 0 ? anywhere() : chained.at(-1) });
      chained.push(posting.id);
    } else {
      postings.push({ ...posting, parentId: anywhere() });
    }
  }
  return postings;
}

/** Ids in the order of time, a second apart, as if they had been drawn by chance. */
export const idAt = (n: number) =>
  UUID.fromFieldsV7(begin + n * 1_000, scattered(n) & 0xfff, scattered(n + 1), scattered(n + 2)).toString();

/** 24 bits without a pattern, the same every time (Knuth, The Art of Computer Programming 3, §6.4: multiplicative hashing). */
const scattered = (n: number) => Math.imul(n + 1, 2_654_435_761) >>> 8;

/** No two are the same. */
export const bodyOf = (n: number) =>
  `Comment ${n} ${'says what it has to say '.repeat(30)}`.slice(0, bodyLength - 1).padEnd(bodyLength, '.');
