import { expect, it } from 'vitest';
import type { Schemas } from '../../../client/index.ts';
import { eventually } from '../client.ts';
import { as, settled } from './api.ts';

/** Expects a success; gives what the client made of it. */
async function got<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<{ data: T; response: Response }> {
  const { data, error, response } = await asked;
  expect(response.ok, JSON.stringify(error)).toBe(true);
  return { data: data as T, response };
}

const etagOf = (response: Response) => response.headers.get('etag') ?? '';

/** A story from its publication to its end, through every route: it begins with the default policy, and nothing else there. */
export function journey(): void {
  it('every route answers, through the typed client, what is published of it', async () => {
    const anyone = as();
    const [desk, ann, ben, mo, root] = [as('desk', 'publisher'), as('ann'), as('ben'), as('mo', 'moderator'), as('root', 'admin')];
    const article = { path: { articleId: 'story' } };

    await got(anyone.GET('/v1/health'));
    const put = await got(desk.PUT('/v1/articles/{articleId}', { params: article, body: { title: 'A story', section: 'World' } }));
    expect(put.data).toMatchObject({ id: 'story', commenting: { open: true, mode: 'screened' }, commentCount: 0 });
    await got(mo.PATCH('/v1/articles/{articleId}', { params: article, body: { commenting: { mode: 'open' } } }));
    const breaking = { slowSeconds: 1, links: false, until: new Date(Date.now() + 3_600_000).toISOString() };
    const news = await got(mo.PATCH('/v1/articles/{articleId}', { params: article, body: { commenting: { breaking } } }));
    expect(news.data.commenting.breaking).toEqual({ ...breaking, holdNewcomers: false });
    const quiet = await got(mo.PATCH('/v1/articles/{articleId}', { params: article, body: { commenting: { breaking: null } } }));
    expect(quiet.data.commenting.breaking).toBeNull();
    await got(anyone.GET('/v1/articles', { params: { query: { section: 'World', limit: 1 } } }));

    const policy = await got(mo.GET('/v1/moderation/policy'));
    const strict = { params: { header: { 'If-Match': etagOf(policy.response) } }, body: { suspectPhrases: ['snake oil'] } };
    await got(root.PUT('/v1/moderation/policy', strict));

    const eve = { params: { path: { userId: 'auth0|eve' } } };
    expect((await got(mo.GET('/v1/moderation/users/{userId}', eve))).data).toMatchObject({ name: null, standing: 'normal' });
    await got(mo.PATCH('/v1/moderation/users/{userId}', { ...eve, body: { standing: 'muted', note: 'A troll.' } }));
    const provoking = { params: article, body: { body: 'Look at me!' } };
    const muted = await got(as('auth0|eve').POST('/v1/articles/{articleId}/comments', provoking));
    expect(muted.data.status).toBe('approved');
    await settled();
    const seenByEve = await got(as('auth0|eve').GET('/v1/me/comments'));
    expect(seenByEve.data.items).toMatchObject([{ id: muted.data.id, status: 'approved' }]);
    const ban = {
      params: { ...eve.params, header: { 'If-Match': '"1"' } },
      body: { standing: 'banned', until: '2099-01-01T00:00:00Z' },
    } as const;
    const banned = await got(mo.PATCH('/v1/moderation/users/{userId}', ban));
    expect(banned.data).toMatchObject({ name: 'auth0|eve', standing: 'banned', record: { muted: 1 }, revision: 2 });
    const refused = await as('auth0|eve').POST('/v1/articles/{articleId}/comments', provoking);
    expect(refused.response.status).toBe(403);

    const posted = await got(
      ann.POST('/v1/articles/{articleId}/comments', {
        params: { ...article, header: { 'Idempotency-Key': 'one' } },
        body: { body: 'First — “here”!' },
      }),
    );
    const one = { path: { articleId: 'story', commentId: posted.data.id } };
    const reply = { params: article, body: { body: 'This is snake oil.', parentId: posted.data.id } };
    const answered = await got(ben.POST('/v1/articles/{articleId}/comments', reply));
    await settled();

    const waiting = await got(mo.GET('/v1/moderation/queues/{name}', { params: { path: { name: 'held' } } }));
    expect(waiting.data.items).toMatchObject([{ id: answered.data.id, verdict: { outcome: 'held' }, parent: { id: posted.data.id } }]);
    await got(mo.GET('/v1/moderation/queues'));
    const held = { params: { path: { name: 'held' } } } as const;
    const claimed = await got(mo.POST('/v1/moderation/queues/{name}/claims', { ...held, body: { limit: 25 } }));
    expect(claimed.data.items).toMatchObject([{ id: answered.data.id, claimedBy: 'mo', claimedUntil: claimed.data.claimedUntil }]);
    await got(mo.DELETE('/v1/moderation/queues/{name}/claims', held));
    const mine = await got(ben.GET('/v1/articles/{articleId}/me', { params: article }));
    expect(mine.data.comments).toHaveLength(1);
    const approve: Schemas['DecideOnCommentsBody'] = {
      decisions: [{ articleId: 'story', commentId: answered.data.id, action: 'approve', note: 'A quotation.' }],
    };
    const decided = await got(mo.POST('/v1/moderation/decisions', { body: approve }));
    expect(decided.data.results).toMatchObject([{ outcome: 'applied', status: 'approved' }]);

    const tried = await got(
      mo.POST('/v1/moderation/policy/trial', {
        body: { policy: { bannedPhrases: ['snake oil'] }, since: new Date(Date.now() - 3_600_000).toISOString() },
      }),
    );
    expect(tried.data).toMatchObject({
      examined: 2,
      changed: [{ commentId: answered.data.id, from: 'approved', to: 'rejected', decided: true }],
    });
    await settled();
    const audit = await eventually(
      () => got(mo.GET('/v1/moderation/audit', { params: { query: { article: 'story' } } })),
      ({ data }) => typeof data !== 'string' && data.items.length === 1,
    );
    expect(audit.data).toMatchObject({ items: [{ actor: { id: 'mo' }, action: 'approve', memberId: 'ben', note: 'A quotation.' }] });
    const lines = { params: { query: { limit: 1 } }, headers: { accept: 'application/x-ndjson' }, parseAs: 'text' } as const;
    const exported = await got(mo.GET('/v1/moderation/audit', lines));
    expect(exported.data).toMatch(/^\{.*"action":"approve".*\}\n$/);
    const stats = await got(mo.GET('/v1/moderation/stats', { params: { query: { days: 2 } } }));
    expect(stats.data.days).toHaveLength(2);
    // They may have begun yesterday.
    expect(stats.data.days.flatMap(({ moderators }) => moderators)).toMatchObject([{ id: 'mo', name: 'mo', decisions: 1 }]);
    expect(stats.data.days.reduce((sum, { submitted }) => sum + submitted, 0)).toBe(3);
    expect(exported.response.headers.get('link')).toMatch(/^<\/v1\/moderation\/audit\?limit=1&cursor=[\w-]+>; rel="next"$/);

    await got(ben.PUT('/v1/articles/{articleId}/comments/{commentId}/reaction', { params: one, body: { kind: 'like' } }));
    const report = { params: one, body: { reason: 'other', note: 'Not first at all.' } } as const;
    await got(ben.POST('/v1/articles/{articleId}/comments/{commentId}/reports', report));
    await got(ben.POST('/v1/articles/{articleId}/comments/{commentId}/reports', report));
    await settled();

    const thread = await eventually(
      () => got(anyone.GET('/v1/articles/{articleId}/comments', { params: { ...article, query: { replies: 2, sort: 'top' } } })),
      ({ data }) => data.items[0]?.replies?.items.length === 1,
    );
    expect(thread.data.items).toMatchObject([{ id: posted.data.id, replyCount: 1, reactions: { like: 1 } }]);
    await got(anyone.GET('/v1/articles/{articleId}/comments', { params: { ...article, query: { view: 'flat' } } }));
    const found = await got(anyone.GET('/v1/articles/{articleId}/comments/{commentId}', { params: one }));
    const known = await anyone.GET('/v1/articles/{articleId}/comments/{commentId}', {
      params: { ...one, header: { 'If-None-Match': etagOf(found.response) } },
    });
    expect(known.response.status).toBe(304);
    await got(anyone.GET('/v1/articles/{articleId}/feed.xml', { params: article, parseAs: 'text' }));
    const counted = await got(anyone.GET('/v1/counts', { params: { query: { articles: ['story', 'unknown'] } } }));
    expect(counted.data.counts).toEqual({ story: 2, unknown: 0 });
    await got(anyone.GET('/v1/articles/{articleId}', { params: article }));

    const edit = { params: { ...one, header: { 'If-Match': etagOf(posted.response) } }, body: { body: 'First, or nearly.' } };
    await got(ann.PATCH('/v1/articles/{articleId}/comments/{commentId}', edit));
    await got(ann.GET('/v1/me/comments'));
    for (const member of [ann, ben]) {
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: { data: Schemas['ExportPage'] } = await got(
          member.GET('/v1/me/export', { params: { query: cursor ? { cursor } : {} } }),
        );
        cursor = page.data.nextCursor;
      }
    }
    await settled();
    const history = await got(mo.GET('/v1/moderation/comments/{articleId}/{commentId}', { params: one }));
    expect(history.data).toMatchObject({
      edits: [{ revision: 1, body: 'First — “here”!' }],
      reports: [{ memberId: 'ben', reason: 'other', note: 'Not first at all.' }],
      verdicts: [{ outcome: 'approved' }, { outcome: 'approved' }],
    });
    const search = await got(mo.GET('/v1/moderation/search', { params: { query: { article: 'story', author: 'ben' } } }));
    expect(search.data.items).toMatchObject([{ id: answered.data.id, status: 'approved' }]);
    await got(ben.DELETE('/v1/articles/{articleId}/comments/{commentId}/reaction', { params: one }));
    await settled();
    await got(ann.DELETE('/v1/articles/{articleId}/comments/{commentId}', { params: one }));
    await settled();
    const tombstone = await eventually(
      () => got(anyone.GET('/v1/articles/{articleId}/comments', { params: article })),
      ({ data }) => data.items[0]?.status === 'deleted',
    );
    expect(tombstone.data.items).toMatchObject([{ id: posted.data.id, author: null, body: null, replyCount: 1 }]);
    const recounted = await got(root.POST('/v1/admin/articles/{articleId}/recount', { params: article }));
    expect(recounted.data.drift).toBe(0);
    const disputed = await got(ann.POST('/v1/articles/{articleId}/comments', { params: article, body: { body: 'Is this off topic?' } }));
    await settled();
    const unfair: Schemas['DecideOnCommentsBody'] = { decisions: [{ articleId: 'story', commentId: disputed.data.id, action: 'reject' }] };
    await got(mo.POST('/v1/moderation/decisions', { body: unfair }));
    const appeal = { params: { path: { articleId: 'story', commentId: disputed.data.id } }, body: { note: 'What is wrong with it?' } };
    await got(ann.POST('/v1/articles/{articleId}/comments/{commentId}/appeal', appeal));
    await settled();
    const explained = await got(ann.GET('/v1/articles/{articleId}/me', { params: article }));
    expect(explained.data.comments).toMatchObject([{ reasons: { decidedBy: 'moderator' }, appeal: { answeredAt: null } }]);
    const appeals = await got(mo.GET('/v1/moderation/queues/{name}', { params: { path: { name: 'appeals' } } }));
    expect(appeals.data.items).toMatchObject([{ id: disputed.data.id, appeal: { note: 'What is wrong with it?' } }]);
    const fair: Schemas['DecideOnCommentsBody'] = { decisions: [{ articleId: 'story', commentId: disputed.data.id, action: 'approve' }] };
    const own = await got(mo.POST('/v1/moderation/decisions', { body: fair }));
    expect(own.data.results).toMatchObject([{ outcome: 'conflict' }]);
    const other = await got(as('may', 'moderator').POST('/v1/moderation/decisions', { body: fair }));
    expect(other.data.results).toMatchObject([{ outcome: 'applied', status: 'approved' }]);
    await settled();
    const erasing = await got(ben.DELETE('/v1/me'));
    const erasure = { params: { path: { erasureId: erasing.data.id } } };
    await settled();
    const erased = await got(ben.GET('/v1/me/erasures/{erasureId}', erasure));
    expect(erased.data).toMatchObject({ state: 'done', removed: { comments: 1, reactions: 0, reports: 1 } });
    const job = await got(mo.POST('/v1/moderation/jobs', { body: { kind: 'reject-member', memberId: 'cyn', days: 7 } }));
    await settled();
    const done = await got(mo.GET('/v1/moderation/jobs/{jobId}', { params: { path: { jobId: job.data.id } } }));
    expect(done.data).toMatchObject({ kind: 'reject-member', state: 'done', changed: 0 });
    await got(desk.DELETE('/v1/articles/{articleId}', { params: article }));

    await got(anyone.GET('/problems/{code}', { params: { path: { code: 'not-found' } } }));
    await got(anyone.GET('/docs', { parseAs: 'text' }));
    await got(anyone.GET('/v1/openapi.json'));
  });
}
