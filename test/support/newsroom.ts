import type { Standing } from '#members/rules/standing.ts';
import { ageCaches } from './caches.ts';
import { call, type TestRequest, type TestResponse } from './call.ts';
import { settler } from './settling.ts';
import { createTable } from './table.ts';
import { tokenOf } from './tokens.ts';

/** A newsroom that has just opened, where nobody posts too fast; gives what settles all that happens in it. */
export async function openNewsroom(): Promise<() => Promise<void>> {
  const settle = settler(await createTable());
  await putPolicy({});
  return settle;
}

/** What the people of a newsroom do, each as one call; `comment` and the like expect to succeed. */
export async function publish(articleId: string, fields: object = {}): Promise<TestResponse> {
  const body = { title: `Story ${articleId}`, publishedAt: '2026-11-23T09:00:00.000Z', ...fields };
  return call(`PUT /v1/articles/${articleId}`, { token: await tokenOf('desk', ['publisher']), body });
}

export async function post(member: string, articleId: string, body: string, parentId?: string): Promise<TestResponse> {
  return call(`POST /v1/articles/${articleId}/comments`, { token: await tokenOf(member), body: { body, ...(parentId && { parentId }) } });
}

/** Posts a comment that must be taken; gives its id. */
export async function comment(member: string, articleId: string, body: string, parentId?: string): Promise<string> {
  const posted = await post(member, articleId, body, parentId);
  if (posted.status !== 201) throw new Error(`the comment was refused: ${JSON.stringify(posted.json)}`);
  return posted.json.id;
}

type Action = 'approve' | 'reject' | 'spam' | 'feature' | 'unfeature';

/** Decides on one comment; gives what came of it. */
export const decide = (articleId: string, commentId: string, action: Action, more: object = {}) =>
  decideAs('mod', articleId, commentId, action, more);

export async function decideAs(
  moderator: string,
  articleId: string,
  commentId: string,
  action: Action,
  more: object = {},
  roles: string[] = ['moderator'],
) {
  const answer = await call('POST /v1/moderation/decisions', {
    token: await tokenOf(moderator, roles),
    body: { decisions: [{ articleId, commentId, action, ...more }] },
  });
  if (answer.status !== 200) throw new Error(`the decision was refused: ${JSON.stringify(answer.json)}`);
  return answer.json.results[0];
}

/** Gives a member a standing; gives the member as moderators see them then. */
export async function give(memberId: string, standing: Standing, more: { until?: string; note?: string } = {}) {
  const answer = await call(`PATCH /v1/moderation/users/${encodeURIComponent(memberId)}`, {
    token: await tokenOf('mod', ['moderator']),
    body: { standing, ...more },
  });
  if (answer.status !== 200) throw new Error(`the standing was refused: ${JSON.stringify(answer.json)}`);
  return answer.json;
}

/** Reads as a moderator. */
export const moderate = async (path: `/${string}`, options: TestRequest = {}): Promise<TestResponse> =>
  call(`GET ${path}`, { token: await tokenOf('mod', ['moderator']), ...options });

/** How many comments wait in the queue of held ones, as moderators are told. */
export async function heldSize(): Promise<number> {
  const { json } = await moderate('/v1/moderation/queues');
  return json.queues.find(({ name }: { name: string }) => name === 'held').size;
}

/** A rate and a record that no test comes to by itself. */
const lenient = { rate: { perMinute: 10_000, perHour: 100_000 }, record: { minDecided: 1_000 } };

/**
 * Puts a policy in force over whichever is; unless it says otherwise, members may post as fast as they like, and whatever
 * was rejected of them before.
 */
export async function putPolicy(policy: object): Promise<TestResponse> {
  const token = await tokenOf('boss', ['admin']);
  const answer = await call('PUT /v1/moderation/policy', { token, body: { ...lenient, ...policy }, headers: { 'if-match': '*' } });
  if (answer.status !== 200) throw new Error(`the policy was refused: ${JSON.stringify(answer.json)}`);
  await ageCaches();
  return answer;
}

/** Reads what is public as somebody would for whom nothing is kept any more. */
export async function read(path: `/${string}`, query: Record<string, string> = {}): Promise<TestResponse> {
  await ageCaches();
  return call(`GET ${path}`, { query });
}

export const recountAs = async (member: string, roles: string[], articleId: string): Promise<TestResponse> =>
  call(`POST /v1/admin/articles/${articleId}/recount`, { token: await tokenOf(member, roles) });

/** Walks a list to its end; gives the items of each page. `between` runs after every page but the last. */
export async function walk(path: `/${string}`, options: TestRequest, between: () => Promise<unknown> = async () => undefined) {
  // biome-ignore lint/suspicious/noExplicitAny: items of whatever list
  const pages: any[][] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = { ...options.query, ...(cursor && { cursor }) };
    const { status, json } = await call(`GET ${path}`, { ...options, query });
    if (status !== 200) throw new Error(`the page was refused: ${JSON.stringify(json)}`);
    pages.push(json.items);
    cursor = json.nextCursor;
    if (pages.length > 500) throw new Error('the walk does not end');
    if (cursor !== null) await between();
  }
  return pages;
}
