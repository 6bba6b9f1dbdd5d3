/** Who may call a route: everybody, any signed-in member, or a member with such a role (`admin` may do all). */
export type Access = 'public' | 'member' | 'publisher' | 'publisher-or-moderator' | 'moderator' | 'admin';

/** The Lambda functions that answer HTTP requests, one per audience. */
export type EntryName = 'reader' | 'member' | 'publisher' | 'moderator';

export interface Route {
  /** The endpoint that answers, as its entry names it. */
  readonly name: string;
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** API Gateway's notation: `{name}` stands for one path segment. */
  readonly path: `/${string}`;
  readonly access: Access;
  readonly entry: EntryName;
}

/** The one table of routes. The stack, the entries and the tests read it; a route exists nowhere else. */
export const routes = [
  { name: 'getHealth', method: 'GET', path: '/v1/health', access: 'public', entry: 'reader' },
  { name: 'getOpenApi', method: 'GET', path: '/v1/openapi.json', access: 'public', entry: 'reader' },
  { name: 'getDocs', method: 'GET', path: '/docs', access: 'public', entry: 'reader' },
  { name: 'getProblemType', method: 'GET', path: '/problems/{code}', access: 'public', entry: 'reader' },
  { name: 'listArticles', method: 'GET', path: '/v1/articles', access: 'public', entry: 'reader' },
  { name: 'getArticle', method: 'GET', path: '/v1/articles/{articleId}', access: 'public', entry: 'reader' },
  { name: 'getCounts', method: 'GET', path: '/v1/counts', access: 'public', entry: 'reader' },
  { name: 'listComments', method: 'GET', path: '/v1/articles/{articleId}/comments', access: 'public', entry: 'reader' },
  { name: 'getComment', method: 'GET', path: '/v1/articles/{articleId}/comments/{commentId}', access: 'public', entry: 'reader' },
  { name: 'getFeed', method: 'GET', path: '/v1/articles/{articleId}/feed.xml', access: 'public', entry: 'reader' },

  { name: 'putArticle', method: 'PUT', path: '/v1/articles/{articleId}', access: 'publisher', entry: 'publisher' },
  { name: 'patchArticle', method: 'PATCH', path: '/v1/articles/{articleId}', access: 'publisher-or-moderator', entry: 'publisher' },
  { name: 'deleteArticle', method: 'DELETE', path: '/v1/articles/{articleId}', access: 'publisher', entry: 'publisher' },

  { name: 'postComment', method: 'POST', path: '/v1/articles/{articleId}/comments', access: 'member', entry: 'member' },
  {
    name: 'patchComment',
    method: 'PATCH',
    path: '/v1/articles/{articleId}/comments/{commentId}',
    access: 'member',
    entry: 'member',
  },
  {
    name: 'deleteComment',
    method: 'DELETE',
    path: '/v1/articles/{articleId}/comments/{commentId}',
    access: 'member',
    entry: 'member',
  },
  {
    name: 'putReaction',
    method: 'PUT',
    path: '/v1/articles/{articleId}/comments/{commentId}/reaction',
    access: 'member',
    entry: 'member',
  },
  {
    name: 'deleteReaction',
    method: 'DELETE',
    path: '/v1/articles/{articleId}/comments/{commentId}/reaction',
    access: 'member',
    entry: 'member',
  },
  {
    name: 'postReport',
    method: 'POST',
    path: '/v1/articles/{articleId}/comments/{commentId}/reports',
    access: 'member',
    entry: 'member',
  },
  {
    name: 'postAppeal',
    method: 'POST',
    path: '/v1/articles/{articleId}/comments/{commentId}/appeal',
    access: 'member',
    entry: 'member',
  },
  { name: 'exportMe', method: 'GET', path: '/v1/me/export', access: 'member', entry: 'member' },
  { name: 'deleteMe', method: 'DELETE', path: '/v1/me', access: 'member', entry: 'member' },
  { name: 'getErasure', method: 'GET', path: '/v1/me/erasures/{erasureId}', access: 'member', entry: 'member' },
  { name: 'listMyComments', method: 'GET', path: '/v1/me/comments', access: 'member', entry: 'member' },
  { name: 'getMyArticle', method: 'GET', path: '/v1/articles/{articleId}/me', access: 'member', entry: 'member' },

  { name: 'getQueues', method: 'GET', path: '/v1/moderation/queues', access: 'moderator', entry: 'moderator' },
  { name: 'listQueue', method: 'GET', path: '/v1/moderation/queues/{name}', access: 'moderator', entry: 'moderator' },
  { name: 'claimComments', method: 'POST', path: '/v1/moderation/queues/{name}/claims', access: 'moderator', entry: 'moderator' },
  { name: 'giveBackClaims', method: 'DELETE', path: '/v1/moderation/queues/{name}/claims', access: 'moderator', entry: 'moderator' },
  { name: 'decideOnComments', method: 'POST', path: '/v1/moderation/decisions', access: 'moderator', entry: 'moderator' },
  { name: 'getUser', method: 'GET', path: '/v1/moderation/users/{userId}', access: 'moderator', entry: 'moderator' },
  { name: 'patchUser', method: 'PATCH', path: '/v1/moderation/users/{userId}', access: 'moderator', entry: 'moderator' },
  { name: 'startJob', method: 'POST', path: '/v1/moderation/jobs', access: 'moderator', entry: 'moderator' },
  { name: 'getJob', method: 'GET', path: '/v1/moderation/jobs/{jobId}', access: 'moderator', entry: 'moderator' },
  {
    name: 'getCommentHistory',
    method: 'GET',
    path: '/v1/moderation/comments/{articleId}/{commentId}',
    access: 'moderator',
    entry: 'moderator',
  },
  { name: 'searchComments', method: 'GET', path: '/v1/moderation/search', access: 'moderator', entry: 'moderator' },
  { name: 'listAudit', method: 'GET', path: '/v1/moderation/audit', access: 'moderator', entry: 'moderator' },
  { name: 'getStats', method: 'GET', path: '/v1/moderation/stats', access: 'moderator', entry: 'moderator' },
  { name: 'getPolicy', method: 'GET', path: '/v1/moderation/policy', access: 'moderator', entry: 'moderator' },
  { name: 'putPolicy', method: 'PUT', path: '/v1/moderation/policy', access: 'admin', entry: 'moderator' },
  { name: 'tryPolicy', method: 'POST', path: '/v1/moderation/policy/trial', access: 'moderator', entry: 'moderator' },
  { name: 'recountArticle', method: 'POST', path: '/v1/admin/articles/{articleId}/recount', access: 'admin', entry: 'moderator' },
] as const satisfies readonly Route[];

/** The names of the routes that one entry answers. */
export type RouteNames<E extends EntryName> = Extract<(typeof routes)[number], { entry: E }>['name'];
