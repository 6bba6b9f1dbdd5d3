import { hash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { rememberKey } from '#members/recent-keys.ts';
import { idempotencyKey, memberKey } from '#table/keys.ts';
import { writeChange } from '#table/write.ts';
import { call } from '../support/call.ts';
import { comment, moderate, openNewsroom, publish, putPolicy, read } from '../support/newsroom.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('a');
});

const post = async (member: string, body: string, key?: string, articleId = 'a') =>
  call(`POST /v1/articles/${articleId}/comments`, {
    token: await tokenOf(member),
    body: { body },
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
  });

/** Changes what is kept of a member, as another process would. */
const change = (member: string, set: Record<string, unknown>) => writeChange({ key: memberKey(member), set });

describe('posting too fast', () => {
  it('is refused with the time to wait, also when all posts come at once, and writes nothing', async () => {
    await putPolicy({ rate: { perMinute: 3, perHour: 10 } });
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => post('fast', `Quick thought ${n}`)));
    await putPolicy({});

    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(refused).toHaveLength(3);
    for (const { headers, json } of refused) {
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(headers['ratelimit-policy']).toBe('"minute";q=3;w=60, "hour";q=10;w=3600');
      expect(json.type).toBe('/problems/too-many-requests');
    }
    const mine = await call('GET /v1/me/comments', { token: await tokenOf('fast') });
    expect(mine.json.items).toHaveLength(3);
  });

  it('is no matter of how many come at once: all that the rate admits are taken', async () => {
    await putPolicy({ rate: { perMinute: 10_000, perHour: 100_000 } });
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => post('busy', `Thought ${n} of thirty`)));
    await putPolicy({});
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  });

  it('costs who posts again one write of their item, and another one where somebody else has changed it', async () => {
    await putPolicy({ rate: { perMinute: 6, perHour: 60 } });
    await post('again', 'The first one');
    const next = await unitsOf(() => post('again', 'The next one'));
    expect(next.calls.filter((name) => name === 'UpdateItem')).toHaveLength(1);
    await change('again', { rate_minute: Date.now() + 20_000 });
    const elsewhere = await unitsOf(async () => {
      const { headers } = await post('again', 'Also posted elsewhere');
      expect(headers.ratelimit).toMatch(/^"minute";r=\d;t=(29|30), /);
    });
    await putPolicy({});
    expect(elsewhere.calls.filter((name) => name === 'UpdateItem')).toHaveLength(2);
  });

  it('is not believed without looking: who was forgotten meanwhile may post at once', async () => {
    await putPolicy({ rate: { perMinute: 1, perHour: 10 } });
    expect((await post('back', 'Before')).status).toBe(201);
    expect((await post('back', 'Too soon')).status).toBe(429);
    await change('back', { rate_minute: undefined, rate_hour: undefined });
    expect((await post('back', 'After')).status).toBe(201);
    await putPolicy({});
  });

  it('is a matter of each member, and every answer tells what is left', async () => {
    const { status, headers } = await post('slow', 'One at a time');
    expect(status).toBe(201);
    expect(headers.ratelimit).toMatch(/^"minute";r=\d+;t=\d+, "hour";r=\d+;t=\d+$/);
  });
});

describe('an Idempotency-Key', () => {
  it('gives the first answer again: one comment, one charge', async () => {
    const first = await post('ida', 'Only once', 'key-1');
    const again = await post('ida', 'Only once', 'key-1');
    expect(again).toMatchObject({ status: 201, json: first.json });
    expect(again.headers.location).toBe(first.headers.location);
    expect(again.headers.etag).toBe(first.headers.etag);
    expect((await call('GET /v1/me/comments', { token: await tokenOf('ida') })).json.items).toHaveLength(1);
  });

  it('makes one comment of two that race, and its rule against repeats lets it pass', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => post('ray', 'A race', 'key-race')));
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    await settle();
    const mine = await call('GET /v1/me/comments', { token: await tokenOf('ray') });
    expect(mine.json.items).toMatchObject([{ id: answers[0]?.json.id, status: 'approved' }]);
  });

  it('is charged once for all that race, and refuses none of them', async () => {
    await putPolicy({ rate: { perMinute: 3, perHour: 10 } });
    const answers = await Promise.all(Array.from({ length: 6 }, () => post('rae', 'Once for all', 'key-race')));
    const next = await post('rae', 'The next one');
    await putPolicy({});
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect(next.headers.ratelimit).toMatch(/^"minute";r=1;/);
  });

  it('refuses another payload also while the first is under way, charging nothing, with the rate used up', async () => {
    await putPolicy({ rate: { perMinute: 1, perHour: 10 } });
    const answers = await Promise.all(['One', 'Two', 'Three'].map((body) => post('roy', body, 'key-race')));
    await putPolicy({});
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422]);
  });

  it('of a post that failed after it was admitted is good for another try, without another charge', async () => {
    await putPolicy({ rate: { perMinute: 1, perHour: 10 } });
    await post('rex', 'The only one');
    const admitted = rememberKey(idempotencyKey('rex', hash('sha256', 'key-lost', 'base64url')).sk, new Date(Date.now() - 60_000));
    await change('rex', { [admitted.attribute]: admitted.value });
    const again = await post('rex', 'What was lost', 'key-lost');
    const other = await post('rex', 'Another', 'key-other');
    await putPolicy({});
    expect([again.status, other.status]).toEqual([201, 429]);
  });

  it('is refused for another payload', async () => {
    await publish('b');
    await post('pat', 'The first', 'key-2');
    expect((await post('pat', 'Another', 'key-2')).status).toBe(422);
    expect((await post('pat', 'The first', 'key-2', 'b')).status).toBe(422);
  });

  it('belongs to its author', async () => {
    const one = await post('ann', 'Same key', 'key-3');
    const two = await post('bob', 'Same key', 'key-3');
    expect(two.json.id).not.toBe(one.json.id);
  });

  it.each(['', 'x'.repeat(65), 'smörgås'])('must be 1–64 printable characters, unlike %j', async (key) => {
    expect((await post('kim', 'Bad key', key)).status).toBe(400);
  });
});

describe('what a member has', () => {
  it('is listed in every status, newest first, over pages', async () => {
    await putPolicy({ suspectPhrases: ['snake oil'] });
    const ids = [await comment('lea', 'a', 'Fine'), await comment('lea', 'a', 'Snake oil!'), await comment('lea', 'a', 'Fine again')];
    await settle();
    const token = await tokenOf('lea');
    const first = await call('GET /v1/me/comments', { token, query: { limit: '2' } });
    const second = await call('GET /v1/me/comments', { token, query: { limit: '2', cursor: first.json.nextCursor } });
    expect([...first.json.items, ...second.json.items]).toMatchObject([
      { id: ids[2], status: 'approved' },
      { id: ids[1], status: 'held' },
      { id: ids[0], status: 'approved' },
    ]);
    expect(second.json.nextCursor).toBeNull();
    const foreign = await call('GET /v1/me/comments', { token: await tokenOf('eve'), query: { cursor: first.json.nextCursor } });
    expect(foreign.status).toBe(400);
  });

  it('is exported whole: profile, comments with their verdicts and all that they ever said, reactions and reports', async () => {
    const other = await comment('max', 'a', 'Somebody else');
    const own = await comment('zoe', 'a', 'All about me');
    await settle();
    const token = await tokenOf('zoe', [], 'Zoë');
    const edit = (body: string) => call(`PATCH /v1/articles/a/comments/${own}`, { token, body: { body }, headers: { 'if-match': '*' } });
    await edit('All about us');
    await settle();
    await edit('All about you');
    await call(`PUT /v1/articles/a/comments/${other}/reaction`, { token, body: { kind: 'like' } });
    await call(`POST /v1/articles/a/comments/${other}/reports`, { token, body: { reason: 'other', note: 'hm' } });

    const items: { type: string }[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await call('GET /v1/me/export', { token, query: { limit: '1', ...(cursor && { cursor }) } });
      expect(page.status).toBe(200);
      items.push(...page.json.items);
      cursor = page.json.nextCursor;
    }
    expect(items).toMatchObject([
      { type: 'profile', id: 'zoe' },
      {
        ...{ type: 'comment', id: own, body: 'All about us', waiting: 'All about you', verdict: { outcome: 'approved' } },
        earlier: [{ body: 'All about me' }, { body: 'All about us' }],
      },
      { type: 'reaction', commentId: other, kind: 'like' },
      { type: 'report', commentId: other, reason: 'other', note: 'hm' },
    ]);
    const whole = await call('GET /v1/me/export', { token });
    expect(whole.json).toEqual({ items, nextCursor: null });
    expect((await moderate('/v1/moderation/queues/reported')).json.items).toEqual([]);
    expect((await read('/v1/articles/a')).status).toBe(200);
  });
});
