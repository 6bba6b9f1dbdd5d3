/**
 * What is kept of a text that a member typed: NFC, line ends as `\n`, no control characters but those and tabs, trimmed.
 * Letters are composed last: a control character may have kept them apart.
 */
export function cleanBody(text: string): string {
  return text
    .replaceAll(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .normalize('NFC')
    .trim();
}

/** Length as a person counts it against a limit: in Unicode code points. */
export const lengthOf = (text: string): number => [...text].length;

/**
 * Whether a text shows anything at all: blanks, format characters, accents without a letter, fillers that Unicode counts
 * as letters (`Default_Ignorable_Code_Point`) and the empty Braille pattern do not.
 */
export const isVisible = (text: string): boolean => /[^\p{Z}\p{C}\p{M}\p{DI}\s\u2800]/u.test(text);

/** A text as it counts for being the same as another: case, width, spacing and characters nobody sees do not make it new. */
export const sameText = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
