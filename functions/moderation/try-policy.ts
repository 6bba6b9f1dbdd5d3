import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import * as z from 'zod/mini';
import { daysKnown } from '#articles/active-days.ts';
import { readComments } from '#comments/comment-storage.ts';
import { readCursor, writeCursor } from '#http/cursor.ts';
import { endpoint } from '#http/endpoint.ts';
import { Problem } from '#http/problem.ts';
import { ok } from '#http/reply.ts';
import { time } from '#http/scalars.ts';
import { policyBodyLimit, policyDocument, policyOf } from './policy-document.ts';
import { beginningOf, findRecent, type Period, type Place } from './recent-comments.ts';
import type { Policy } from './rules/policy.ts';
import { type ReadyPolicy, readyPolicy } from './rules/screen.ts';
import { type Tried, trialOf } from './rules/trial.ts';
import { readTrialPlace, trialPosition, writeTrialPlace } from './trial-place.ts';
import { tryOn } from './try-on.ts';

/**
 * Tells what a policy would have done to the comments posted since a moment, the last day first, and changes nothing. All
 * pages look at the same period: what is posted after the first call is left out.
 */
export const tryPolicy = endpoint({
  body: z.strictObject({ policy: policyDocument, since: time, cursor: z.optional(z.nullable(z.string())) }),
  bodyLimit: policyBodyLimit,
  handle: async ({ body: { policy: document, since, cursor }, now }) => {
    const policy = policyOf(document);
    const digest = hash('sha256', JSON.stringify(policy), 'base64url');
    const scope = ['policy-trial', digest, since];
    const reached = readCursor(cursor ?? undefined, scope, trialPosition);
    const before = reached === undefined ? undefined : readTrialPlace(reached);
    const until = Math.min(before?.until ?? Number.POSITIVE_INFINITY, now.getTime());
    const period = periodOf(since, until);

    const { tried, place } = await walk(period, before?.place ?? beginningOf(period), prepare(digest, policy));
    return ok({ ...trialOf(tried), nextCursor: place === undefined ? null : writeCursor(writeTrialPlace({ until, place }), scope) });
  },
});

/** @throws Problem `invalid` (422) for a period that does not begin within the days that are known */
function periodOf(since: string, until: number): Period {
  const period = { since: Date.parse(since), until };
  if (period.since > until) throw refused('must not be in the future');
  if (period.since < until - daysKnown * 86_400_000) throw refused(`must be within the last ${daysKnown} days`);
  return period;
}

const refused = (message: string) => new Problem('invalid', 'The body breaks a rule.', { errors: [{ path: '/since', message }] });

/** The last policies tried, made ready: a trial takes many calls, and building the phrase finders may cost more than all else. */
const prepared = new LRUCache<string, ReadyPolicy>({ max: 2 });

function prepare(digest: string, policy: Policy): ReadyPolicy {
  const ready = prepared.get(digest) ?? readyPolicy(policy, 0);
  prepared.set(digest, ready);
  return ready;
}

/** Comments that one call looks at, and how many of them at once. */
const most = 500;
const atOnce = 100;
/** Milliseconds after which a call takes no further step, though the function has several times as long. */
const enough = 3_000;

async function walk(period: Period, from: Place, ready: ReadyPolicy): Promise<{ tried: Tried[]; place: Place | undefined }> {
  const started = performance.now();
  const tried: Tried[] = [];
  let place: Place | undefined = from;
  let looked = 0;
  do {
    const { ids, next } = await findRecent(period, place, atOnce);
    const comments = await readComments(ids);
    const inOrder = ids.flatMap((id) => comments.get(id) ?? []);
    tried.push(...(await tryOn(inOrder, ready)));
    looked += ids.length;
    place = next;
  } while (place !== undefined && looked + atOnce <= most && performance.now() - started < enough);
  return { tried, place };
}
