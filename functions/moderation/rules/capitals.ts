import type { FiredRule } from '#comments/rules/verdict.ts';
import type { Policy } from './policy.ts';

/** Fires when too large a share of the letters that have a case are capitals; short texts and scripts without case never do. */
export function capitalsRule(body: string, { share, minLetters, action }: Policy['capitals']): FiredRule | undefined {
  const capitals = count(body, /\p{Lu}/gu);
  // Too small a share even of the fewest letters: in nearly every comment there are many more to count.
  if (capitals / minLetters < share) return undefined;
  const letters = capitals + count(body, /\p{Ll}/gu);
  if (letters < minLetters || capitals / letters < share) return undefined;
  return { rule: 'capitals', action, evidence: `${capitals} of ${letters} letters are capitals` };
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
