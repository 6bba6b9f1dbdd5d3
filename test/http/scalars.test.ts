import { describe, expect, it } from 'vitest';
import { line } from '#http/scalars.ts';

describe('a line of text', () => {
  it('loses what would turn the direction of the page around it', () => {
    expect(line(20).parse('Ann\u202E nnA\u2066')).toBe('Ann nnA');
  });

  it('becomes one line', () => {
    expect(line(20).parse(' Ann\n\u0000Lee ')).toBe('Ann Lee');
  });

  it.each(['', '   ', '\u200b', '\u202e\u2066'])('must show something, unlike %j', (text) => {
    expect(line(20).safeParse(text).success).toBe(false);
  });

  it('keeps the joiners that scripts and emoji need', () => {
    expect(line(20).parse('👩‍👧')).toBe('👩‍👧');
  });
});
