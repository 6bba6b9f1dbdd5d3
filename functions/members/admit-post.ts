import { LRUCache } from 'lru-cache';
import type { Repeated } from '#comments/comment.ts';
import type { Caller } from '#http/caller.ts';
import { Problem } from '#http/problem.ts';
import { rememberText } from './recent-texts.ts';
import { admit, type RateState, type RateWindow, rateHeaders } from './rules/rate.ts';
import type { PostingStanding } from './rules/standing.ts';
import { type Conditions, writeAsMember } from './write-as-member.ts';

/** A post that may go ahead. */
export interface Admitted {
  standing: PostingStanding;
  /** The comment of the same member that said the same before. It may never have been written: whoever relies on it looks. */
  repeated: Repeated | undefined;
  /** `RateLimit` and `RateLimit-Policy`. */
  headers: Record<string, string>;
}

/** Times that other posts of the same member may come in between: each is refused at most as often as others are under way with it. */
const tries = 40;

/** What this process last wrote of the rates of members who posted lately: very likely what their items still hold. */
const lastWritten = new LRUCache<string, RateState>({ max: 5_000 });

/**
 * Admits a post by its member's standing and rate, counts it and notes its text: one conditional write of the member's item, whose
 * old values tell the standing and whether the same was said before. Whoever has not posted lately, or last through this process, is
 * admitted by the first try; otherwise the failed condition brings the state, and a second one decides.
 *
 * @throws Problem `forbidden` (403) for who is banned, `too-many-requests` (429) with `Retry-After`; nothing is noted then
 */
export async function admitPost(
  caller: Caller,
  post: { commentId: string; body: string },
  windows: readonly RateWindow[],
  now: Date,
): Promise<Admitted> {
  const text = rememberText(post.commentId, post.body, now);
  let known = guessOf(caller.id, windows, now);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const admission = admit(known ?? {}, windows, now.getTime());
    if (admission.kind === 'limited') throw limited(known ?? {}, windows, now, admission.retryAfter);
    const { state } = admission;
    const attributes = { [text.attribute]: text.value, ...prefixed(state) };
    const { written, found, standing } = await writeAsMember(caller, attributes, now, conditionsOn(state, known, now), { posted: 1 });
    // The SDK repeats a write whose answer was lost, and then its own first try is in its way. What was said before is not known any more.
    if (written || text.isIn(found[text.attribute])) {
      lastWritten.set(caller.id, { ...lastWritten.get(caller.id), ...state });
      return { standing, repeated: text.repeats(found[text.attribute]), headers: rateHeaders(state, windows, now.getTime()) };
    }
    known = Object.fromEntries(Object.keys(state).flatMap((name) => rateOf(found, name)));
  }
  throw new Problem('unavailable', 'You are posting in several places at once.', { headers: { 'retry-after': '1' } });
}

/**
 * What the member's item probably holds of these windows, for the write's condition to prove. Nothing where all has come back anyway, or
 * where it would refuse the post: only what the item itself holds does.
 */
function guessOf(memberId: string, windows: readonly RateWindow[], now: Date): RateState | undefined {
  const last = lastWritten.get(memberId) ?? {};
  const guess = Object.fromEntries(windows.flatMap(({ place }) => (last[place] === undefined ? [] : [[place, last[place]]])));
  const isUsed = Object.values(guess).some((back) => back > now.getTime());
  const isWhole = windows.every(({ place }) => guess[place] !== undefined);
  return isUsed && isWhole && admit(guess, windows, now.getTime()).kind === 'admitted' ? guess : undefined;
}

/** Writes the new state over the known one, or, while none is known, over any that has come back whole. */
function conditionsOn(state: RateState, known: RateState | undefined, now: Date): Conditions {
  const expressions = Object.keys(state).map((name) => {
    if (known === undefined) return `(attribute_not_exists(#rate_${name}) OR #rate_${name} <= :now)`;
    return known[name] === undefined ? `attribute_not_exists(#rate_${name})` : `#rate_${name} = :known_${name}`;
  });
  const knownValues = Object.entries(known ?? {}).map(([name, value]) => [`:known_${name}`, value]);
  return { expressions, values: known === undefined ? { ':now': now.getTime() } : Object.fromEntries(knownValues) };
}

const prefixed = (state: RateState) => Object.fromEntries(Object.entries(state).map(([name, value]) => [`rate_${name}`, value]));

const rateOf = (item: Record<string, unknown>, name: string): [string, number][] => {
  const value = item[`rate_${name}`];
  return typeof value === 'number' ? [[name, value]] : [];
};

const limited = (state: RateState, windows: readonly RateWindow[], now: Date, retryAfter: number) =>
  new Problem('too-many-requests', `You are posting too fast: try again in ${retryAfter} seconds.`, {
    headers: { 'retry-after': String(retryAfter), ...rateHeaders(state, windows, now.getTime()) },
  });
