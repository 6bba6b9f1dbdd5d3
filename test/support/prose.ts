import { createHash } from 'node:crypto';

/** A thousand characters as somebody might write them: it is what they say that tells how far they can be deflated. */
export const prose = `
The minister says that nothing was decided on Thursday, and her own office published the decision on Wednesday evening. Either
somebody there writes the minutes before the meeting takes place, or we are being told a tale. I have read all fourteen pages, and
what strikes me is how little of it concerns the harbour at all: two paragraphs, and a map from 1994. My neighbour worked on those
quays for forty years, and he could have drawn a better one on a napkin. What I would like to know, and nobody seems to ask, is who
pays for the dredging once the grant runs out. It cannot be the town, whose budget for roads is spent by June as is. It will not
be the company either, because they have put in writing that they leave if the fees rise. So it comes down to the county, which has
not said a word; and to us, of course, in the end, as always. Perhaps the paper could send someone to the next session of the harbour
board. It is public, it is on the first Monday of the month, and the coffee is free.`
  .replaceAll('\n', ' ')
  .trim();

/** Letters of two scripts, and what stands between words. */
const latin = [...'abcdefghijklmnopqrstuvwxyz '];
export const chinese = Array.from({ length: 20_000 }, (_, n) => String.fromCodePoint(0x4e00 + n));

/** A text of so many letters drawn by chance, the same for the same start: no prose of their script is as hard to deflate. */
export function hardText(start: string, length: number, letters: readonly string[] = latin): string {
  const chances = createHash('shake256', { outputLength: 2 * length })
    .update(start)
    .digest();
  const drawn = Array.from({ length }, (_, n) => letters[chances.readUInt16LE(2 * n) % letters.length]);
  return `${start} ${drawn.join('')}`.slice(0, length - 1).padEnd(length, '.');
}
