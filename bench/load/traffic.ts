import { diceOf } from '../../local/chaos/dice.ts';
import type { Route } from './arrivals.ts';
import { type Ask, tokenOf, wanted } from './site.ts';

export const articleIds = ['lead', 'second', 'third', 'fourth'];
const members = 500;
const seeded = 60;

/** Of a hundred requests. */
const mix = { newest: 40, flat: 10, counts: 15, post: 15, reaction: 15, decision: 5 } as const;

/** Opens a newsroom with a few comments, and gives what its readers, members and moderators ask next. */
export async function openTraffic(ask: Ask): Promise<{ next: () => Route; probe: (n: number) => Promise<number | undefined> }> {
  const admin = await tokenOf('root', 'admin');
  // What the load is about is not how fast one member may post, or how often a moderator rejected them.
  const policy = { rate: { perMinute: 10_000, perHour: 100_000 }, record: { minDecided: 1_000 } };
  await wanted(ask('PUT', '/v1/moderation/policy', admin, policy, { 'if-match': '*' }), 200);
  for (const id of articleIds) await wanted(ask('PUT', `/v1/articles/${id}`, admin, { title: id }), 201);
  const tokens = await Promise.all(Array.from({ length: members }, (_, n) => tokenOf(`member-${n}`)));
  const moderator = await tokenOf('mo', 'moderator');
  const known: { articleId: string; id: string }[] = [];
  let posted = 0;
  const dice = diceOf(1);
  const pick = <T>(from: readonly T[]): T => from[dice.below(from.length)] as T;

  async function post(): Promise<void> {
    const articleId = pick(articleIds);
    posted += 1;
    const body = { body: `Comment ${posted}: what the minister said yesterday is not what she says today, and nobody asks why.` };
    const { json } = await wanted(ask('POST', `/v1/articles/${articleId}/comments`, pick(tokens), body), 201);
    if (known.length < 10_000) known.push({ articleId, id: json.id });
  }
  for (let n = 0; n < seeded; n += 1) await post();

  const comments = () => `/v1/articles/${pick(articleIds)}/comments`;
  const routes: Record<keyof typeof mix, () => Promise<unknown>> = {
    newest: () => wanted(ask('GET', comments()), 200),
    flat: () => wanted(ask('GET', `${comments()}?view=flat`), 200),
    counts: () => wanted(ask('GET', `/v1/counts?articles=${articleIds.join(',')}`), 200),
    post,
    reaction() {
      const { articleId, id } = pick(known);
      // A moderator may have taken it down meanwhile: until that is settled it is a tombstone (409), then not there at all (404).
      return wanted(ask('PUT', `/v1/articles/${articleId}/comments/${id}/reaction`, pick(tokens), { kind: 'like' }), 200, 404, 409);
    },
    decision() {
      const { articleId, id } = pick(known);
      const decisions = [{ articleId, commentId: id, action: dice.happens(0.5) ? 'reject' : 'approve' }];
      return wanted(ask('POST', '/v1/moderation/decisions', moderator, { decisions }), 200);
    },
  };
  const drawn = Object.entries(mix).flatMap(([name, share]) => Array.from({ length: share }, () => name as keyof typeof mix));

  return {
    next() {
      const name = pick(drawn);
      return { name, send: routes[name] };
    },
    /** Posts as somebody new. @returns milliseconds from the answer until it is settled; `undefined` if it was not taken */
    async probe(n) {
      const token = await tokenOf(`probe-${n}`);
      const { status } = await ask('POST', `/v1/articles/lead/comments`, token, { body: `Probe ${n}` });
      if (status !== 201) return undefined;
      const begun = performance.now();
      for (;;) {
        const own = await ask('GET', '/v1/me/comments', token);
        if (own.json?.items?.[0]?.status === 'approved') return performance.now() - begun;
        if (performance.now() - begun > 60_000) return undefined;
      }
    },
  };
}
