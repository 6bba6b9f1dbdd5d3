/** What there is more and more of. */
export type Grown = 'comments of the article' | 'articles';

/** Names a figure for the work that it measures, and for how much there is. */
export const nameOf = (work: string, size: number, of: Grown): string => `${work}, with ${size} ${of}`;

/** What a name says. */
export function partsOf(name: string): { work: string; size: number; of: string } {
  const [, work = '', size = '', of = ''] = /^(.*), with (\d+) (.*)$/.exec(name) ?? [];
  return { work, size: Number(size), of };
}
