import { expect, it } from 'vitest';
import { admin, eventually, mo } from '../client.ts';
import { ask, decide, post, publish, putPolicy, refused, settled, taken } from './api.ts';
import { generous } from './comments.ts';

const unheard = '01a2087d-055f-761f-a4ff-8ff03da283de';
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

export function moderation(): void {
  it('every decision is applied once, told as unchanged again, and as conflict for a revision that is gone', async () => {
    await publish('decided');
    const commentId = await post('ann', 'decided', 'Decide on me');
    await settled();
    const decideOn = (fields: object) =>
      taken(ask('POST /v1/moderation/decisions', { as: mo, body: { decisions: [{ articleId: 'decided', commentId, ...fields }] } }));
    const statuses = { feature: 'approved', unfeature: 'approved', reject: 'rejected', spam: 'spam', approve: 'approved' };
    for (const [action, status] of Object.entries(statuses)) {
      expect((await decideOn({ action })).json.results).toEqual([{ commentId, outcome: 'applied', status }]);
      expect((await decideOn({ action, note: 'Again.' })).json.results).toEqual([{ commentId, outcome: 'unchanged', status }]);
    }
    expect((await decideOn({ action: 'spam', revision: 1 })).json.results).toMatchObject([{ outcome: 'conflict', status: 'approved' }]);
    expect((await decideOn({ commentId: unheard, action: 'spam' })).json.results).toMatchObject([{ outcome: 'not-found', status: null }]);
    const decision = { articleId: 'decided', commentId, action: 'approve' };
    for (const [decisions, path] of [
      [[], '/decisions'],
      [Array.from({ length: 26 }, () => decision), '/decisions'],
      [[{ ...decision, action: 'burn' }], '/decisions/0/action'],
    ] as const) {
      const { json } = await refused(ask('POST /v1/moderation/decisions', { as: mo, body: { decisions } }), 422, 'invalid');
      expect(json.errors).toMatchObject([{ path }]);
    }
  });

  it('every queue is read page by page, claimed, and given back', async () => {
    await publish('queued', { commenting: { mode: 'moderated' } });
    const ids = [
      await post('ann', 'queued', 'Held, one'),
      await post('ben', 'queued', 'Held, two'),
      await post('cyn', 'queued', 'Appealed'),
    ];
    await settled();
    await decide('queued', ids[2] ?? '', 'reject');
    await taken(ask(`POST /v1/articles/queued/comments/${ids[2]}/appeal`, { as: { sub: 'cyn' }, body: { note: 'Why?' } }), 201);
    await publish('queued-open');
    const reported = await post('dan', 'queued-open', 'Reported');
    await settled();
    await taken(ask(`POST /v1/articles/queued-open/comments/${reported}/reports`, { as: { sub: 'ann' }, body: { reason: 'spam' } }), 201);
    await settled();
    const may = { sub: 'may', roles: ['moderator'] };
    for (const [name, waiting] of Object.entries({ held: ids[0], reported, appeals: ids[2] })) {
      const path = `/v1/moderation/queues/${name}` as const;
      await eventually(
        () => taken(ask(`GET ${path}?limit=100`, { as: may })),
        ({ json }) => json.items.some(({ id }: { id: string }) => id === waiting),
      );
      const claimed = await taken(ask(`POST ${path}/claims`, { as: may, body: { limit: 25 } }));
      expect(claimed.json.items).toContainEqual(expect.objectContaining({ id: waiting, claimedBy: 'may' }));
      expect((await refused(ask(`POST ${path}/claims`, { as: may, body: { limit: 26 } }), 422, 'invalid')).json.errors).toMatchObject([
        { path: '/limit' },
      ]);
      await taken(ask(`DELETE ${path}/claims`, { as: may }), 204);
    }
    const first = await taken(ask('GET /v1/moderation/queues/held?limit=1', { as: may }));
    const second = await taken(ask(`GET /v1/moderation/queues/held?limit=1&cursor=${first.json.nextCursor}`, { as: may }));
    expect(second.json.items[0].id > first.json.items[0].id).toBe(true);
    await refused(ask(`GET /v1/moderation/queues/reported?cursor=${first.json.nextCursor}`, { as: may }), 400, 'bad-cursor');
    const { queues } = (await taken(ask('GET /v1/moderation/queues', { as: may }))).json;
    expect(queues).toEqual(['held', 'reported', 'appeals'].map((name) => ({ name, size: expect.any(Number) })));
  });

  it.each(['trusted', 'held', 'muted', 'banned', 'normal'])(
    'a member is given the standing %s, for the revision that If-Match names',
    async (standing) => {
      const path = `/v1/moderation/users/standing-${standing}` as const;
      const give = (fields: object, ifMatch: string) => ask(`PATCH ${path}`, { as: mo, body: fields, headers: { 'if-match': ifMatch } });
      const before = await taken(ask(`GET ${path}`, { as: mo }));
      await refused(give({ standing }, '"7"'), 412, 'stale-revision');
      const end = standing === 'normal' ? null : inAnHour();
      const given = await taken(give({ standing, until: end, note: 'As agreed.' }, before.headers.get('etag') ?? ''));
      expect(given.json).toMatchObject({ standing, until: end, note: 'As agreed.', revision: 1 });
      await taken(give({ standing }, '"1"'));
      const past = await refused(give({ standing: 'held', until: '2020-01-01T00:00:00Z' }, '*'), 422, 'invalid');
      expect(past.json.errors).toMatchObject([{ path: '/until' }]);
    },
  );

  it('a search finds comments in every status, of a time, page by page', async () => {
    await publish('searched');
    const say = async (body: string) => post('sue', 'searched', body);
    const [rejected, spam, deleted, approved] = [
      await say('To be rejected'),
      await say('Spam'),
      await say('Deleted'),
      await say('Approved'),
    ];
    await settled();
    await decide('searched', rejected, 'reject');
    await decide('searched', spam, 'spam');
    await taken(ask(`DELETE /v1/articles/searched/comments/${deleted}`, { as: { sub: 'sue' } }), 204);
    await taken(ask('PATCH /v1/moderation/users/sue', { as: mo, body: { standing: 'held' } }));
    const held = await say('Waits');
    await taken(ask('PATCH /v1/moderation/users/sue', { as: mo, body: { standing: 'muted' } }));
    const muted = await say('Unheard');
    await settled();
    const search = (query: string) => ask(`GET /v1/moderation/search?article=searched&${query}` as 'GET /', { as: mo });
    for (const [status, ids] of Object.entries({
      ...{ approved: [approved], held: [held], rejected: [rejected] },
      spam: [spam],
      deleted: [deleted],
      muted: [muted],
      pending: [],
    })) {
      expect(
        (await taken(search(`status=${status}`))).json.items.map(({ id }: { id: string }) => id),
        status,
      ).toEqual(ids);
    }
    const first = await taken(search('limit=1'));
    expect((await taken(search(`limit=1&cursor=${first.json.nextCursor}`))).json.items).toMatchObject([{ id: held }]);
    expect((await taken(search(`since=${inAnHour()}`))).json.items).toEqual([]);
    expect((await taken(search('until=2026-01-01T00:00:00Z'))).json.items).toEqual([]);
    expect((await taken(ask('GET /v1/moderation/search?author=sue', { as: mo }))).json.items).toHaveLength(6);
  });

  it('the record of what was done is read by actor, article, member and time, as pages or lines', async () => {
    await publish('audited');
    const id = await post('aud', 'audited', 'On the record');
    await settled();
    for (const action of ['reject', 'approve']) await decide('audited', id, action);
    await settled();
    const read = (query: string, headers = {}) => ask(`GET /v1/moderation/audit?${query}` as 'GET /', { as: mo, headers });
    const since = new Date(Date.now() - 3_600_000).toISOString();
    for (const query of ['article=audited', 'member=aud', `article=audited&actor=mo&since=${since}&until=${inAnHour()}`]) {
      const { json } = await eventually(
        () => taken(read(query)),
        (answer) => answer.json.items.length === 2,
      );
      expect(json.items).toMatchObject([{ action: 'approve', articleId: 'audited', memberId: 'aud' }, { action: 'reject' }]);
    }
    expect((await taken(read(`article=audited&until=${since}`))).json.items).toEqual([]);
    const first = await taken(read('article=audited&limit=1'));
    expect((await taken(read(`article=audited&limit=1&cursor=${first.json.nextCursor}`))).json.items).toMatchObject([{ action: 'reject' }]);
    const lines = await taken(read('article=audited&limit=1', { accept: 'application/x-ndjson' }));
    expect(lines.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(lines.headers.get('link')).toMatch(/^<\/v1\/moderation\/audit\?.*cursor=[\w-]+>; rel="next"$/);
  });

  it('a branch is taken down by a job, and a comment tells its whole history', async () => {
    await publish('branch');
    const root = await post('ann', 'branch', 'Root');
    await settled();
    await post('ben', 'branch', 'Below', root);
    await settled();
    const start = (fields: object) =>
      ask('POST /v1/moderation/jobs', { as: mo, body: { kind: 'reject-branch', articleId: 'branch', ...fields } });
    expect((await refused(start({ commentId: unheard }), 422, 'invalid')).json.errors).toMatchObject([{ path: '/commentId' }]);
    const started = await taken(start({ commentId: root, note: 'Off topic.' }), 202);
    const done = await eventually(
      () => taken(ask(`GET ${started.headers.get('location') as '/'}`, { as: mo })),
      ({ json }) => json.state === 'done',
    );
    expect(done.json).toMatchObject({ kind: 'reject-branch', changed: 2 });
    await settled();
    const history = await taken(ask(`GET /v1/moderation/comments/branch/${root}`, { as: mo }));
    expect(history.json).toMatchObject({
      ...{ status: 'rejected', nextCursor: null },
      decisions: [
        { action: 'reject-branch', note: 'Off topic.' },
        { action: 'reject', note: 'Off topic.' },
      ],
    });
    for (const path of [`comments/branch/${unheard}`, `comments/sample/${root}`, `jobs/${unheard}`]) {
      await refused(ask(`GET /v1/moderation/${path as 'jobs'}`, { as: mo }), 404, 'not-found');
    }
  });

  it.each([
    ['hold', 'open', 'approve'],
    ['reject', 'screened', 'hold'],
    ['spam', 'moderated', 'reject'],
    ['hold', 'screened', 'spam'],
  ])('a policy that comes to %s is put and tried as a whole', async (action, mode, onFailure) => {
    const inForce = await taken(ask('GET /v1/moderation/policy', { as: admin }));
    const whole = {
      ...{ ...inForce.json, mode, bannedPhrases: ['banned phrase'], suspectPhrases: ['suspect phrase'] },
      ...{ links: { max: 1, action }, repeat: { minutes: 5, action }, capitals: { share: 0.9, minLetters: 30, action } },
      ...{ newcomers: { comments: 1, action }, record: { rejectedShare: 0.5, minDecided: 9, days: 3, action }, reports: { holdAt: 9 } },
      ...{ checks: [{ name: 'tone', url: 'https://checks.example/tone', timeoutMs: 50, onFailure }], maxLength: 100, editMinutes: 1 },
    };
    const since = new Date(Date.now() - 60_000).toISOString();
    const tried = await taken(ask('POST /v1/moderation/policy/trial', { as: mo, body: { policy: whole, since, cursor: null } }));
    expect(tried.json.examined).toBeGreaterThan(0);
    const put = (ifMatch?: string) =>
      ask('PUT /v1/moderation/policy', { as: admin, body: whole, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });
    await refused(put(), 428, 'precondition-required');
    await refused(put('"99"'), 412, 'stale-revision');
    const changed = await taken(put(inForce.headers.get('etag') ?? ''));
    expect(changed.json).toMatchObject({ ...whole, version: inForce.json.version + 1, updatedAt: expect.any(String), updatedBy: 'root' });
    await putPolicy(generous);
  });

  it.each<[object, string]>([
    [{ policy: {}, since: inAnHour() }, '/since'],
    [{ policy: {}, since: '2020-01-01T00:00:00Z' }, '/since'],
    [{ policy: { links: { action: 'burn' } }, since: '2026-11-01T00:00:00Z' }, '/policy/links/action'],
  ])('a trial is refused: %j', async (body, path) => {
    expect((await refused(ask('POST /v1/moderation/policy/trial', { as: mo, body }), 422, 'invalid')).json.errors).toMatchObject([
      { path },
    ]);
  });

  it('a trial refuses a cursor that is none', async () => {
    const body = { policy: {}, since: new Date(Date.now() - 60_000).toISOString(), cursor: 'nonsense' };
    await refused(ask('POST /v1/moderation/policy/trial', { as: mo, body }), 400, 'bad-cursor');
  });

  it('days are told as many as are asked for', async () => {
    for (const [query, days] of [
      ['', 7],
      ['?days=1', 1],
      ['?days=90', 90],
    ] as const) {
      expect((await taken(ask(`GET /v1/moderation/stats${query}`, { as: mo }))).json.days).toHaveLength(days);
    }
  });
}
