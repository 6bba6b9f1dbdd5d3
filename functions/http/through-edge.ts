import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpMiddleware } from './exchange.ts';
import { Problem } from './problem.ts';

/** The header in which the edge, CloudFront before the API, proves itself. */
export const edgeHeader = 'x-understory-edge';

/**
 * Refuses whatever did not come through the edge, health too: around it there is neither firewall nor cache. Without secrets, where
 * there is no edge, everything passes.
 *
 * @param secrets the one that the edge sends, and the one that it sent before
 */
export const onlyThroughEdge = (secrets: readonly string[] = secretsOfStack()): HttpMiddleware => {
  const digests = secrets.map(digestOf);
  return {
    before: ({ event }) => {
      if (digests.length === 0) return;
      const shown = digestOf(event.headers[edgeHeader] ?? '');
      const fitting = digests.filter((digest) => timingSafeEqual(digest, shown));
      if (fitting.length === 0) throw new Problem('forbidden', 'This is not the public address of the API.');
    },
  };
};

/** Of equal length whatever is compared, as `timingSafeEqual` wants it. */
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

function secretsOfStack(): string[] {
  return [process.env.EDGE_SECRET, process.env.EDGE_SECRET_BEFORE].filter(
    (secret): secret is string => secret !== undefined && secret !== '',
  );
}
