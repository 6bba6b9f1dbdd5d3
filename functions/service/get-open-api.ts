import { publicEndpoint } from '#http/endpoint.ts';
import { publishedCacheControl, readPublished } from './published.ts';

export const getOpenApi = publicEndpoint({
  handle: async () => ({
    status: 200,
    headers: { 'cache-control': publishedCacheControl },
    body: await readPublished('openapi.json'),
  }),
});
