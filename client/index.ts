import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './api.d.ts';

export type { components, operations, paths } from './api.d.ts';

/** What the API takes and answers, by name: `Schemas['Comment']`. */
export type Schemas = components['schemas'];

export interface UnderstoryOptions extends Omit<ClientOptions, 'headers'> {
  /** Where the API is. */
  baseUrl: string;
  /** Gives the token of whoever is signed in, for every request anew; nothing where nobody is. */
  token?: () => string | undefined | Promise<string | undefined>;
}

/**
 * Makes a client whose paths, parameters, bodies and answers the compiler knows.
 *
 * @example
 * const api = understory({ baseUrl: 'https://comments.example', token: () => session.token });
 * const { data, error } = await api.POST('/v1/articles/{articleId}/comments', {
 *   params: { path: { articleId: 'ceasefire' } },
 *   body: { body: 'Thank you for this report.' },
 * });
 */
export function understory({ token, ...options }: UnderstoryOptions): Client<paths> {
  const client = createClient<paths>(options);
  client.use({
    onRequest: async ({ request }) => {
      const value = await token?.();
      if (value !== undefined) request.headers.set('authorization', `Bearer ${value}`);
      return request;
    },
  });
  return client;
}
