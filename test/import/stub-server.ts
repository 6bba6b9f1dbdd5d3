import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';

export interface StoredComment {
  id: string;
  parentId: string | null;
  author: { id: string; name: string };
  body: string;
  status: string;
}

/** What a test may do to a post: answer in the server's place (a problem), or cut the connection before or after the comment is stored. */
export type Mischief = { status: number; headers?: Record<string, string>; problem?: object } | 'lost request' | 'lost answer';

/** The part of the HTTP contract that an import uses, in memory: a comment is screened when something public has been read after it. */
export async function startStub(port = 0) {
  const articles = new Map<string, { title: string; publishedAt: string }>();
  const comments: StoredComment[] = [];
  const seen: { method: string; path: string; headers: IncomingMessage['headers'] }[] = [];
  const stub = {
    articles,
    comments,
    seen,
    pageSize: 4,
    /** The status that screening gives. */
    screen: (_comment: StoredComment): string => 'approved',
    /** Called for every post before it is handled. */
    mischief: (_posts: number): Mischief | undefined => undefined,
    posts: 0,
    url: '',
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stub');
    const method = request.method ?? '';
    seen.push({ method, path: pathname, headers: request.headers });
    let text = '';
    for await (const chunk of request) text += chunk;
    const payload = text === '' ? {} : JSON.parse(text);
    const claims = request.headers.authorization ? decodeJwt(request.headers.authorization.slice('Bearer '.length)) : {};
    const [, , , articleId = '', kind, commentId] = pathname.split('/');

    if (method === 'PUT') {
      if (![claims.roles].flat().includes('publisher')) return problem(response, 403, 'Forbidden');
      articles.set(articleId, payload);
      return json(response, 201, {});
    }
    if (!articles.has(articleId)) return problem(response, 404, 'Not found');
    if (kind === undefined) {
      const commentCount = comments.filter(({ status }) => status === 'approved').length;
      screenAll();
      return json(response, 200, { id: articleId, commentCount });
    }
    if (kind === 'me') {
      return json(response, 200, { comments: comments.filter(({ status, author }) => status !== 'approved' && author.id === claims.sub) });
    }
    if (method === 'POST') return post(response, payload, claims as { sub: string; name: string });
    const approved = comments.filter(({ status }) => status === 'approved');
    screenAll();
    if (commentId !== undefined) {
      const found = approved.find(({ id }) => id === commentId);
      return found ? json(response, 200, found) : problem(response, 404, 'Not found');
    }
    const isFlat = searchParams.get('view') === 'flat';
    const items = isFlat ? approved : approved.filter(({ parentId }) => parentId === searchParams.get('parent')).reverse();
    const start = Number(searchParams.get('cursor') ?? 0);
    const end = start + stub.pageSize;
    return json(response, 200, { items: items.slice(start, end), nextCursor: end < items.length ? String(end) : null });
  });

  const screenAll = () => {
    for (const comment of comments) if (comment.status === 'pending') comment.status = stub.screen(comment);
  };

  const post = (
    response: ServerResponse,
    { body, parentId = null }: { body: string; parentId?: string | null },
    claims: { sub: string; name: string },
  ) => {
    stub.posts += 1;
    const mischief = stub.mischief(stub.posts);
    if (mischief === 'lost request') return response.destroy();
    if (typeof mischief === 'object') return problem(response, mischief.status, 'Refused', mischief.headers, mischief.problem);
    if (parentId !== null && comments.find(({ id }) => id === parentId)?.status !== 'approved') return problem(response, 404, 'Not found');
    const id = `01900000-0000-7000-8000-${String(comments.length).padStart(12, '0')}`;
    const author = { id: claims.sub, name: claims.name };
    const comment = { id, parentId, author, body: body.trim().normalize('NFC'), status: 'pending' };
    comments.push(comment);
    if (mischief === 'lost answer') return response.destroy();
    return json(response, 201, comment);
  };

  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  stub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return stub;
}

function json(response: ServerResponse, status: number, data: object, headers = {}, type = 'application/json') {
  response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(data));
}

function problem(response: ServerResponse, status: number, title: string, headers = {}, more = {}) {
  json(response, status, { type: '/problems/stub', title, status, instance: 'request-1', ...more }, headers, 'application/problem+json');
}
