import { hash } from 'node:crypto';
import { publicEndpoint } from '#http/endpoint.ts';
import { publishedCacheControl, readPublished } from './published.ts';

/** The reference as a page: it has no script, and one style sheet of its own, which alone is allowed. */
export const getDocs = publicEndpoint({
  handle: async () => {
    const page = await readPublished('reference.html');
    return {
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': publishedCacheControl,
        'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash(page)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
        'referrer-policy': 'no-referrer',
      },
      body: page,
    };
  },
});

/** What allows an inline style sheet is the hash of its text (CSP Level 3 §2.3.1). */
const styleHash = (page: string) => hash('sha256', /<style>(.*?)<\/style>/su.exec(page)?.[1] ?? '', 'base64');
