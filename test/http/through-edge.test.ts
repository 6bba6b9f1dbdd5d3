import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { HttpEvent, HttpResult } from '#http/exchange.ts';
import { problemReplies } from '#http/problem-replies.ts';
import { edgeHeader, onlyThroughEdge } from '#http/through-edge.ts';

const ask = async (secrets: readonly string[], headers: Record<string, string>) => {
  const handler = middy<HttpEvent, HttpResult>()
    .use([problemReplies(), onlyThroughEdge(secrets)])
    .handler(async () => ({ statusCode: 200 }));
  return handler({ headers, requestContext: { requestId: 'r' } } as unknown as HttpEvent, {} as Context);
};

describe('with an edge', () => {
  it.each(['present', 'before'])('a request that shows the %s secret passes', async (secret) => {
    expect(await ask(['present', 'before'], { [edgeHeader]: secret })).toEqual({ statusCode: 200 });
  });

  it.each([undefined, '', 'presen', 'present before', 'PRESENT'])('one that shows %j is refused as a problem', async (shown) => {
    const answer = await ask(['present', 'before'], shown === undefined ? {} : { [edgeHeader]: shown });

    expect(answer.statusCode).toBe(403);
    expect(JSON.parse(answer.body!)).toMatchObject({ type: '/problems/forbidden', status: 403 });
    expect(answer.body).not.toContain('present');
  });
});

it('without an edge every request passes', async () => {
  expect(await ask([], {})).toEqual({ statusCode: 200 });
});

describe('every entry asks for it, before anything else', () => {
  afterAll(() => vi.unstubAllEnvs());

  it.each([
    ['reader', () => import('../../functions/reader.ts')],
    ['member', () => import('../../functions/member.ts')],
    ['publisher', () => import('../../functions/publisher.ts')],
    ['moderator', () => import('../../functions/moderator.ts')],
  ] as const)('%s', async (_name, load) => {
    vi.stubEnv('EDGE_SECRET', 'present');
    vi.resetModules();
    const { handler } = await load();
    const event = (headers: Record<string, string>) =>
      ({
        ...{ headers, routeKey: 'GET /nowhere', rawPath: '/nowhere' },
        requestContext: { requestId: 'r', http: { method: 'GET' } },
      }) as unknown as HttpEvent;

    const context = { getRemainingTimeInMillis: () => 10_000 } as Context;
    expect((await handler(event({}), context)).statusCode).toBe(403);
    expect((await handler(event({ [edgeHeader]: 'present' }), context)).statusCode).toBe(404);
  });
});
