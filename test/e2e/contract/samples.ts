import { desk, mo } from '../client.ts';
import { ask, decide, listed, post, publish, settled, taken } from './api.ts';
import type { Operation } from './description.ts';

/** What the parts of every path name; filled in by `publishSamples`. */
const names: Record<string, string> = { articleId: 'sample', name: 'held', userId: 'sam', code: 'not-found' };

/** What some operations need to be asked at all. */
const queries: Record<string, string> = { getCounts: 'articles=sample', searchComments: 'article=sample' };

/** Makes one of everything that can be asked for, and two of whatever is listed. */
export async function publishSamples(): Promise<void> {
  await publish('sample', { section: 'Samples' });
  await publish('sample-2', { section: 'Samples' });
  names.commentId = await post('sam', 'sample', 'One comment to ask for.');
  await post('sam', 'sample', 'And another one.');
  const job = { kind: 'reject-member', memberId: 'nobody', days: 1 };
  names.jobId = (await taken(ask('POST /v1/moderation/jobs', { as: mo, body: job }), 202)).json.id;
  names.erasureId = (await taken(ask('DELETE /v1/me', { as: { sub: 'leaving' } }), 202)).json.id;
  await settled();
  await decide('sample', names.commentId, 'feature');
  await settled();
  await listed('/v1/articles/sample/comments', 2);
  await taken(ask('GET /v1/articles/sample', { as: desk }));
}

/** A request for something that is there, unless `changed` names another. */
export function sampleOf({ operationId, method, path }: Operation, changed: Record<string, string> = {}): `${string} /${string}` {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => changed[name] ?? names[name] ?? '');
  const query = queries[operationId];
  return `${method} ${filled as `/${string}`}${query === undefined ? '' : `?${query}`}`;
}

/** The same with one more query parameter. */
export const withQuery = (request: `${string} /${string}`, query: string): `${string} /${string}` =>
  `${request}${request.includes('?') ? '&' : '?'}${query}`;
