import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedData } from '../support/shared-data.ts';
import { admin, type Client, client, desk, eventually, mo, walk } from './client.ts';

const page = sharedData('ceasefire-article.json');
const { comments } = JSON.parse(readFileSync(page, 'utf8')) as { comments: { author: { name: string }; body: string }[] };

export interface Target {
  /** Where an empty Understory answers. */
  readonly url: string;
  /** A folder for files of the test. */
  readonly directory: string;
}

/** The main job, wherever it is done: a page with its comments, an answer, decisions, counts. The target is asked for once the tests run. */
export function describeMainJob(target: () => Target): void {
  let ask: Client;

  beforeAll(() => {
    ask = client(target().url);
  });

  const commentCount = async (id: string) => (await ask(`GET /v1/articles/${id}`)).json.commentCount as number;

  describe('a real page with its comments', () => {
    beforeAll(async () => {
      const command = [
        'bin/import.ts',
        page,
        '--url',
        target().url,
        '--article',
        'ceasefire',
        '--state',
        join(target().directory, 'ledger'),
      ];
      await promisify(execFile)(process.execPath, command);
    });

    it('is imported whole, in the order of the page', async () => {
      const items = await walk(ask, '/v1/articles/ceasefire/comments?view=flat&limit=7');

      expect(items.map(({ body }) => body)).toEqual(comments.map(({ body }) => body.normalize('NFC')));
      expect(items).toHaveLength(18);
      expect(await commentCount('ceasefire')).toBe(18);
      expect((await ask('GET /v1/counts?articles=ceasefire,unknown')).json).toEqual({ counts: { ceasefire: 18, unknown: 0 } });
    });

    it('keeps an answer reachable below a comment that was taken down, and counts only what is approved', async () => {
      const [first] = await walk(ask, '/v1/articles/ceasefire/comments?sort=oldest');
      const parent = first!.id;
      const decide = (action: string) =>
        ask('POST /v1/moderation/decisions', { as: mo, body: { decisions: [{ articleId: 'ceasefire', commentId: parent, action }] } });
      const reply = await ask('POST /v1/articles/ceasefire/comments', {
        as: { sub: 'rita' },
        body: { body: 'I see it the same way.', parentId: parent },
      });
      expect(reply.json).toMatchObject({ depth: 1, parentId: parent, status: 'pending' });
      await eventually(
        () => commentCount('ceasefire'),
        (count) => count === 19,
      );
      expect((await ask(`GET /v1/articles/ceasefire/comments/${parent}`)).json.replyCount).toBe(1);

      expect((await decide('reject')).json.results).toEqual([{ commentId: parent, outcome: 'applied', status: 'rejected' }]);
      await eventually(
        () => commentCount('ceasefire'),
        (count) => count === 18,
      );
      const tombstone = await eventually(
        async () => (await walk(ask, '/v1/articles/ceasefire/comments?sort=oldest')).find(({ id }) => id === parent),
        (found) => found?.body === null,
      );
      expect(tombstone).toMatchObject({ status: 'removed', author: null, body: null, html: null, replyCount: 1 });
      expect(await walk(ask, `/v1/articles/ceasefire/comments?parent=${parent}`)).toMatchObject([{ id: reply.json.id }]);
      expect((await walk(ask, '/v1/articles/ceasefire/comments?view=flat')).map(({ id }) => id)).not.toContain(parent);

      await decide('approve');
      await eventually(
        () => commentCount('ceasefire'),
        (count) => count === 19,
      );
      const { json } = await ask(`GET /v1/articles/ceasefire/comments/${reply.json.id}`);
      expect(json.ancestors).toMatchObject([{ id: parent, status: 'approved', body: comments[0]!.body }]);
      expect((await ask('POST /v1/admin/articles/ceasefire/recount', { as: admin })).json).toMatchObject({
        drift: 0,
        before: { approved: 19 },
      });
    });
  });

  describe('a comment that a suspect phrase is found in', () => {
    it('waits for a moderator, seen by its author alone, until it is approved', async () => {
      await ask('PUT /v1/articles/debate', { as: desk, body: { title: 'Debate' } });
      const { headers } = await ask('GET /v1/moderation/policy', { as: admin });
      const policy = { suspectPhrases: ['snake oil'] };
      const put = await ask('PUT /v1/moderation/policy', { as: admin, body: policy, headers: { 'if-match': headers.get('etag') ?? '' } });
      expect(put.status).toBe(200);

      const posted = await ask('POST /v1/articles/debate/comments', { as: { sub: 'sam' }, body: { body: 'This is SNÁKE — oil!' } });
      const mine = await eventually(
        async () => (await ask('GET /v1/articles/debate/me', { as: { sub: 'sam' } })).json.comments,
        (own) => own[0]?.status === 'held',
      );
      expect(mine).toMatchObject([{ id: posted.json.id, body: 'This is SNÁKE — oil!' }]);
      expect((await ask('GET /v1/articles/debate/comments')).json.items).toEqual([]);
      expect((await ask(`GET /v1/articles/debate/comments/${posted.json.id}`)).status).toBe(404);
      expect((await ask('GET /v1/articles/debate/me', { as: { sub: 'eve' } })).json.comments).toEqual([]);

      const queue = await ask('GET /v1/moderation/queues/held', { as: mo });
      expect(queue.json.items).toMatchObject([
        {
          id: posted.json.id,
          verdict: {
            outcome: 'held',
            policyVersion: 1,
            rules: [{ rule: 'suspectPhrases', action: 'hold', evidence: expect.stringContaining('SNÁKE — oil') }],
          },
          authorRecord: { approved: 0, rejected: 0, standing: 'normal' },
        },
      ]);
      expect((await ask('GET /v1/moderation/queues', { as: mo })).json.queues).toContainEqual({ name: 'held', size: 1 });

      await ask('POST /v1/moderation/decisions', {
        as: mo,
        body: { decisions: [{ articleId: 'debate', commentId: posted.json.id, action: 'approve', revision: 1 }] },
      });
      await eventually(
        () => commentCount('debate'),
        (count) => count === 1,
      );
      // Another instance may have read the page a moment ago, and keeps it for its s-maxage.
      const shown = await eventually(
        () => walk(ask, '/v1/articles/debate/comments?limit=20'),
        (items) => items.length > 0,
      );
      expect(shown.map(({ id }) => id)).toEqual([posted.json.id]);
      await eventually(
        async () => (await ask('GET /v1/moderation/queues', { as: mo })).json.queues,
        (queues) => queues.every(({ size }: { size: number }) => size === 0),
      );
    });
  });
}
