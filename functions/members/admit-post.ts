import { LRUCache } from 'lru-cache';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Repeated } from '#comments/comment.ts';
import type { Caller } from '#http/caller.ts';
import { Problem } from '#http/problem.ts';
import { type RememberedKey, rememberKey } from './recent-keys.ts';
import { type RememberedText, rememberText } from './recent-texts.ts';
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
  /** When a post with the same `Idempotency-Key` was admitted, which this one then is: it is not counted once more. */
  admittedAt?: Date;
}

/** Times that posts of the same member through other processes may come in between. */
const tries = 40;

/** What this process knows of a member who posted lately. */
interface Recent {
  /** What it last wrote of their rates: very likely what the item still holds. */
  rates: RateState;
  /** Lets one post of theirs after the other ask for admission, because only one of two at once can be admitted by what both know. */
  inTurn: LimitFunction;
}

const recent = new LRUCache<string, Recent>({ max: 5_000, memoMethod: () => ({ rates: {}, inTurn: pLimit(1) }) });

/**
 * Admits a post by its member's standing and rate, counts it and notes its text: one conditional write of the member's item, whose
 * old values tell the standing and whether the same was said before. Whoever has not posted lately, or last through this process, is
 * admitted by the first try; otherwise the failed condition brings the state, and a second one decides.
 *
 * @param post `key` tells its `Idempotency-Key` from the member's others, if it has one
 * @throws Problem `forbidden` (403) for who is banned, `too-many-requests` (429) with `Retry-After`; nothing is noted then
 */
export async function admitPost(
  caller: Caller,
  post: { commentId: string; body: string; key?: string | undefined },
  windows: readonly RateWindow[],
  now: Date,
): Promise<Admitted> {
  const text = rememberText(post.commentId, post.body, now);
  const key = post.key === undefined ? undefined : rememberKey(post.key, now);
  const known = recent.memo(caller.id);
  return known.inTurn(() => admitBy(known, caller, { text, key }, windows, now));
}

/** What is noted of a post. */
interface Noted {
  text: RememberedText;
  key: RememberedKey | undefined;
}

async function admitBy(recent: Recent, caller: Caller, { text, key }: Noted, windows: readonly RateWindow[], now: Date): Promise<Admitted> {
  let known = guessOf(recent.rates, windows, now);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const admission = admit(known ?? {}, windows, now.getTime());
    if (admission.kind === 'limited') throw limited(known ?? {}, windows, now, admission.retryAfter);
    const { state } = admission;
    const attributes = { [text.attribute]: text.value, ...(key && { [key.attribute]: key.value }), ...prefixed(state) };
    const { written, found, standing } = await writeAsMember(caller, attributes, now, conditionsOn(state, known, key, now), { posted: 1 });
    // The SDK repeats a write whose answer was lost, and then its own first try is in its way. What was said before is not known any more.
    if (written || text.isIn(found[text.attribute])) {
      recent.rates = { ...recent.rates, ...state };
      return { standing, repeated: text.repeats(found[text.attribute]), headers: rateHeaders(state, windows, now.getTime()) };
    }
    const admittedAt = key?.admittedAt(found[key.attribute]);
    if (admittedAt !== undefined) {
      const used = Object.fromEntries(windows.flatMap(({ place }) => rateOf(found, place)));
      const headers = rateHeaders(used, windows, now.getTime());
      return { standing, repeated: text.repeats(found[text.attribute]), headers, admittedAt };
    }
    known = Object.fromEntries(Object.keys(state).flatMap((name) => rateOf(found, name)));
  }
  throw new Problem('unavailable', 'You are posting in several places at once.', { headers: { 'retry-after': '1' } });
}

/**
 * What the member's item probably holds of these windows, for the write's condition to prove. Nothing where all has come back anyway, or
 * where it would refuse the post: only what the item itself holds does.
 */
function guessOf(last: RateState, windows: readonly RateWindow[], now: Date): RateState | undefined {
  const guess = Object.fromEntries(windows.flatMap(({ place }) => (last[place] === undefined ? [] : [[place, last[place]]])));
  const isUsed = Object.values(guess).some((back) => back > now.getTime());
  const isWhole = windows.every(({ place }) => guess[place] !== undefined);
  return isUsed && isWhole && admit(guess, windows, now.getTime()).kind === 'admitted' ? guess : undefined;
}

/** Writes the new state over the known one, or, while none is known, over any that has come back whole. */
function conditionsOn(state: RateState, known: RateState | undefined, key: RememberedKey | undefined, now: Date): Conditions {
  const expressions = Object.keys(state).map((name) => {
    if (known === undefined) return `(attribute_not_exists(#rate_${name}) OR #rate_${name} <= :now)`;
    return known[name] === undefined ? `attribute_not_exists(#rate_${name})` : `#rate_${name} = :known_${name}`;
  });
  const knownValues = Object.entries(known ?? {}).map(([name, value]) => [`:known_${name}`, value]);
  return {
    expressions: [...expressions, ...(key ? [key.isNew.expression] : [])],
    values: { ...(known === undefined ? { ':now': now.getTime() } : Object.fromEntries(knownValues)), ...key?.isNew.values },
  };
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
