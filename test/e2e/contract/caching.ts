import { beforeAll, expect, it } from 'vitest';
import { admin } from '../client.ts';
import { ask, baseUrl, settled, taken } from './api.ts';
import { operations } from './description.ts';
import { sampleOf } from './samples.ts';

const reads = operations.filter(({ method }) => method === 'GET').map((operation) => [operation.operationId, operation] as const);
const validated = reads.filter(([, { responses }]) => '304' in responses);
const ofAnybody = reads.filter(([, { security }]) => security.length === 0);
const ofSomebody = reads.filter(([, { security }]) => security.length > 0);

export function caching(): void {
  beforeAll(settled);

  it.each(validated)('%s answers 304 to whoever has it already, with the same validator and nothing else', async (_, operation) => {
    const first = await taken(ask(sampleOf(operation), { as: admin }));
    const etag = first.headers.get('etag') ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await taken(ask(sampleOf(operation), { as: admin, headers: { 'if-none-match': known } }), 304);
      expect(again.text).toBe('');
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
    }
    const other = await taken(ask(sampleOf(operation), { as: admin, headers: { 'if-none-match': '"other"' } }));
    expect(other.headers.get('etag')).toBe(etag);
  });

  it.each(ofAnybody)('%s may be kept by anybody for a moment', async (_, operation) => {
    const { headers } = await taken(ask(sampleOf(operation)));
    expect(headers.get('cache-control')).toMatch(/^public, max-age=\d+, s-maxage=\d+, stale-while-revalidate=\d+$/);
    expect(headers.get('etag')).toMatch(/^"[^"]+"$/);
  });

  it.each(ofSomebody)('%s is kept by nobody', async (_, operation) => {
    const { headers } = await taken(ask(sampleOf(operation), { as: operation.operationId === 'getErasure' ? { sub: 'leaving' } : admin }));
    expect(headers.get('cache-control')).toBe('private, no-store');
  });

  it.each(ofAnybody)('%s answers HEAD like GET, without the body', async (_, operation) => {
    const [, path = ''] = sampleOf(operation).split(' ');
    const [get, head] = [await fetch(baseUrl() + path), await fetch(baseUrl() + path, { method: 'HEAD' })];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    expect(toldOf(head)).toEqual(toldOf(get));
    const known = { 'if-none-match': get.headers.get('etag') ?? '' };
    expect((await fetch(baseUrl() + path, { method: 'HEAD', headers: known })).status).toBe(304);
  });
}

/** The headers of an answer that do not belong to this very request. */
function toldOf({ headers }: Response): Record<string, string> {
  const ofTheRequest = ['date', 'x-request-id', 'apigw-requestid', 'content-length', 'connection', 'keep-alive'];
  return Object.fromEntries([...headers].filter(([name]) => !ofTheRequest.includes(name)));
}
