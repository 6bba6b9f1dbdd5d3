/** How many reactions there are, of whatever kind. */
export const totalReactions = (reactions: Record<string, number> | undefined): number =>
  Object.values(reactions ?? {}).reduce((sum, count) => sum + Math.max(0, count), 0);

/**
 * Where a comment stands among those with reactions: steps that grow with the total (1, 2, 3, 4, 6, 8, 12, 16 …), so that
 * one more reaction rarely moves a row of the index; newer comments stand first on a step.
 *
 * @returns `null` without reactions
 */
export function scoreOf(id: string, reactions: Record<string, number> | undefined): string | null {
  const step = stepOf(totalReactions(reactions));
  return step === 0 ? null : `${String(step).padStart(3, '0')}#${id}`;
}

/** Half an octave a step; 0 without reactions. */
export const stepOf = (total: number): number => (total <= 0 ? 0 : 1 + Math.floor(Math.log2(total) * 2));

/** The comment that a score belongs to. */
export const idOfScore = (score: string): string => score.slice(score.indexOf('#') + 1);
