import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
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
