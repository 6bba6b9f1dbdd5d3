import type { Breaking } from '#articles/article.ts';
import type { FiredRule } from '#comments/rules/verdict.ts';
import { linksRule } from './links.ts';
import { type EarlierComment, newcomersRule } from './record.ts';

/** What breaking-news mode looks at. */
interface Seen {
  html: string;
  earlier?: readonly EarlierComment[];
}

/** The policy's own rules as strict as breaking-news mode asks for them; the evidence says that it did. */
export function breakingRules(breaking: Breaking | undefined, { html, earlier = [] }: Seen): FiredRule[] {
  if (breaking === undefined) return [];
  const { holdNewcomers, links } = breaking;
  const rules = [
    holdNewcomers ? newcomersRule(earlier, { comments: 1, action: 'hold' }) : undefined,
    links ? undefined : linksRule(html, { max: 0, action: 'hold' }),
  ];
  return rules.flatMap((rule) => (rule === undefined ? [] : [{ ...rule, evidence: `breaking news: ${rule.evidence}` }]));
}
