import { randomUUID } from 'node:crypto';
import type { RouteNames } from '../../functions/routes.ts';
import { ageCaches } from '../../test/support/caches.ts';
import { call, type TestRequest, type TestResponse } from '../../test/support/call.ts';
import { prose } from '../../test/support/prose.ts';
import { tokenOf } from '../../test/support/tokens.ts';
import { consumedBy } from '../../test/support/units.ts';

type RouteName = RouteNames<'reader' | 'member' | 'publisher' | 'moderator'>;

/** What a piece of work asked of the table. */
export interface Consumed {
  /** Calls of the SDK. */
  calls: number;
  /** Request units by what they were spent on: `table`, or the name of an index. What cost nothing is left out. */
  read: Record<string, number>;
  write: Record<string, number>;
}

/**
 * What an operation costs until it is answered, and from then on until all that it brought about is settled. Of a job only the
 * first is told: how many steps it takes, and what it meets that others are about to settle, is up to the stream.
 */
export interface Cost {
  answered: Consumed;
  settled?: Consumed;
}

/** The costs of operations. Each is named for its route, and what is particular about it: `postComment, a reply`. */
export type Costs = Record<string, Cost>;

/**
 * Does everything that the API can do, in a table that is empty, each thing once and in the same order every time, with
 * texts of the same length: so the same code costs the same. Functions are warm and keep nothing of what changes.
 *
 * @param settle settles all that has happened
 */
export async function measureOperations(settle: () => Promise<void>): Promise<Costs> {
  const costs: Costs = {};
  type Name = RouteName | `${RouteName}, ${string}`;

  async function take(name: Name, request: `${string} /${string}`, options: TestRequest = {}): Promise<TestResponse> {
    await ageCaches();
    let answer: TestResponse | undefined;
    const answered = await spentBy(async () => {
      answer = await call(request, options);
    });
    if (answer === undefined || answer.status >= 400) throw new Error(`${name} was refused: ${answer?.text}`);
    const settled = await spentBy(settle);
    costs[name] = answer.status === 202 ? { answered } : { answered, settled };
    return answer;
  }

  const [desk, mod, other] = [
    await tokenOf('desk', ['publisher']),
    await tokenOf('mod', ['moderator']),
    await tokenOf('other', ['moderator']),
  ];
  const [boss, ann, ben, cat] = [await tokenOf('boss', ['admin']), await tokenOf('ann'), await tokenOf('ben'), await tokenOf('cat')];
  const [dan, eve] = [await tokenOf('dan'), await tokenOf('eve')];
  const article = '/v1/articles/story' as const;
  const comments = `${article}/comments` as const;
  const queue = '/v1/moderation/queues/held' as const;

  await take('getPolicy, none yet', 'GET /v1/moderation/policy', { token: mod });
  // Whoever posts twice within a minute does so soon after.
  const policy = { rate: { perMinute: 60, perHour: 60 }, record: { minDecided: 1_000 }, suspectPhrases: ['snake oil'] };
  await take('putPolicy', 'PUT /v1/moderation/policy', { token: boss, body: policy, headers: { 'if-match': '*' } });
  await take('getPolicy', 'GET /v1/moderation/policy', { token: mod });
  await take('getHealth', 'GET /v1/health');
  await take('getOpenApi', 'GET /v1/openapi.json');
  await take('getDocs', 'GET /docs');
  await take('getProblemType', 'GET /problems/not-found');

  await take('putArticle', `PUT ${article}`, { token: desk, body: story });
  await take('putArticle, again', `PUT ${article}`, { token: desk, body: { ...story, title: 'A storm' } });
  await take('patchArticle', `PATCH ${article}`, { token: mod, body: { commenting: { mode: 'screened' } } });
  await take('getArticle', `GET ${article}`);
  await take('listArticles', 'GET /v1/articles');

  const parent = (await take('postComment', `POST ${comments}`, { token: ann, body: { body: textOf(500) } })).json.id;
  await take('postComment, of 1,000 characters', `POST ${comments}`, { token: ben, body: { body: textOf(1_000) } });
  await take('postComment, soon after another', `POST ${comments}`, { token: ann, body: { body: textOf(500) } });
  const reply = await take('postComment, a reply', `POST ${comments}`, { token: cat, body: { body: textOf(500), parentId: parent } });
  const held = await take('postComment, to be held', `POST ${comments}`, { token: dan, body: { body: `Snake oil! ${textOf(500)}` } });
  const one = `${comments}/${reply.json.id}` as const;
  await take('patchComment', `PATCH ${one}`, { token: cat, body: { body: textOf(500) }, headers: { 'if-match': '"1"' } });
  await take('putReaction', `PUT ${one}/reaction`, { token: ann, body: { kind: 'like' } });
  await take('putReaction, the same again', `PUT ${one}/reaction`, { token: ann, body: { kind: 'like' } });
  await take('getMyArticle', `GET ${article}/me`, { token: ann });
  await take('deleteReaction', `DELETE ${one}/reaction`, { token: ann });
  await take('postReport', `POST ${one}/reports`, { token: ben, body: { reason: 'spam', note: textOf(100) } });

  await take('listComments', `GET ${comments}`);
  await take('listComments, top', `GET ${comments}`, { query: { sort: 'top' } });
  await take('listComments, flat', `GET ${comments}`, { query: { view: 'flat' } });
  await take('listComments, replies', `GET ${comments}`, { query: { parent } });
  await take('listComments, with replies', `GET ${comments}`, { query: { replies: '3' } });
  await take('getComment', `GET ${one}`);
  await take('getFeed', `GET ${article}/feed.xml`);
  await take('getCounts, of 50 articles', 'GET /v1/counts', { query: { articles: Array.from({ length: 50 }, (_, n) => `a${n}`).join() } });

  await take('getQueues', 'GET /v1/moderation/queues', { token: mod });
  await take('listQueue', `GET ${queue}`, { token: mod });
  await take('claimComments', `POST ${queue}/claims`, { token: mod, body: { limit: 5 } });
  await take('giveBackClaims', `DELETE ${queue}/claims`, { token: mod });
  const deciding = (commentId: string, action: string) => ({
    token: mod,
    body: { decisions: [{ articleId: 'story', commentId, action, note: textOf(50) }] },
  });
  await take('decideOnComments, approving what was held', 'POST /v1/moderation/decisions', deciding(held.json.id, 'approve'));
  await take('decideOnComments, rejecting what was reported', 'POST /v1/moderation/decisions', deciding(reply.json.id, 'reject'));
  await take('postAppeal', `POST ${one}/appeal`, { token: cat, body: { note: textOf(100) } });
  await take('decideOnComments, on an appeal', 'POST /v1/moderation/decisions', { ...deciding(reply.json.id, 'approve'), token: other });
  await take('getCommentHistory', `GET /v1/moderation/comments/story/${reply.json.id}`, { token: mod });
  await take('searchComments', 'GET /v1/moderation/search', { token: mod, query: { article: 'story' } });
  await take('patchUser', 'PATCH /v1/moderation/users/eve', { token: mod, body: { standing: 'held', note: textOf(50) } });
  await take('getUser', 'GET /v1/moderation/users/eve', { token: mod });
  await take('postComment, by a held member', `POST ${comments}`, { token: eve, body: { body: textOf(500) } });
  const trial = { policy: { bannedPhrases: ['snake oil'] }, since: new Date(Date.now() - 3_600_000).toISOString() };
  await take('tryPolicy', 'POST /v1/moderation/policy/trial', { token: mod, body: trial });
  const branch = { kind: 'reject-branch', articleId: 'story', commentId: parent };
  const job = await take('startJob, rejecting a branch of three', 'POST /v1/moderation/jobs', { token: mod, body: branch });
  await take('getJob', `GET /v1/moderation/jobs/${job.json.id}`, { token: mod });
  await take('listAudit', 'GET /v1/moderation/audit', { token: mod, query: { article: 'story' } });
  await take('getStats', 'GET /v1/moderation/stats', { token: mod, query: { days: '7' } });
  await take('recountArticle', 'POST /v1/admin/articles/story/recount', { token: boss });

  await take('listMyComments', 'GET /v1/me/comments', { token: cat });
  await take('exportMe', 'GET /v1/me/export', { token: cat });
  await take('deleteComment', `DELETE ${one}`, { token: cat });
  const erasing = await take('deleteMe', 'DELETE /v1/me', { token: cat });
  await take('getErasure', `GET ${erasing.headers.location as `/${string}`}`, { token: cat });

  const once = { token: ann, body: { body: textOf(500) }, headers: { 'idempotency-key': randomUUID() } };
  await take('postComment, with an Idempotency-Key', `POST ${comments}`, once);
  await take('postComment, with the same Idempotency-Key again', `POST ${comments}`, once);
  const hot = '/v1/articles/election' as const;
  const spread = { title: 'An election', publishedAt: story.publishedAt, commenting: { shards: 4 } };
  await take('putArticle, hot', `PUT ${hot}`, { token: desk, body: spread });
  const first = (await take('postComment, on a hot article', `POST ${hot}/comments`, { token: ben, body: { body: textOf(500) } })).json.id;
  const answer = { body: textOf(500), parentId: first };
  await take('postComment, a reply on a hot article', `POST ${hot}/comments`, { token: ben, body: answer });
  await take('putReaction, on a hot article', `PUT ${hot}/comments/${first}/reaction`, { token: ben, body: { kind: 'like' } });

  await take('deleteArticle', `DELETE ${article}`, { token: desk });
  return costs;
}

async function spentBy(work: () => Promise<unknown>): Promise<Consumed> {
  const { read, write, calls } = await consumedBy(work);
  return { calls: calls.length, read: sorted(read), write: sorted(write) };
}

const sorted = (units: Record<string, number>) => Object.fromEntries(Object.entries(units).sort(([a], [b]) => (a < b ? -1 : 1)));

const story = {
  title: 'A story',
  section: 'World',
  publishedAt: '2026-11-23T09:00:00.000Z',
  body: [{ heading: 'What happened', paragraphs: ['It happened here. '.repeat(100).trim()] }],
};

/** A text of this length, at most a thousand characters, that begins unlike all others. */
const textOf = (length: number) => `${randomUUID()} ${prose}`.slice(0, length);
