import type { FiredRule } from '#comments/rules/verdict.ts';
import type { Policy } from './policy.ts';

/**
 * Fires when a comment has more links than the policy allows. Links are counted in the rendering, so that whatever a
 * reader could follow counts, however it was written, and nothing else does.
 */
export function linksRule(html: string, { max, action }: Policy['links']): FiredRule | undefined {
  const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, address = '']) => address.replaceAll('&amp;', '&'));
  if (links.length <= max) return undefined;
  const shown = links.slice(0, 5).join(' ');
  return { rule: 'links', action, evidence: `${links.length} links: ${shown}${links.length > 5 ? ' …' : ''}`.slice(0, 500) };
}
