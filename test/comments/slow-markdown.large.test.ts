import { describe, expect, it } from 'vitest';
import { renderComment } from '#comments/markdown.ts';
import { countSteps } from '../support/steps.ts';

describe('texts made to be slow', () => {
  const repeated = (text: string) => (length: number) => text.repeat(length / text.length);
  const rendering = (text: string) => countSteps(/node_modules\/(?:markdown-it|linkify-it|mdurl)\//, () => renderComment(text));

  it.each<[string, (length: number) => string]>([
    ['brackets', repeated('[')],
    ['links', repeated('[a](')],
    ['stars', repeated('*a ')],
    ['ticks', (length) => Array.from({ length: Math.sqrt(2 * length) }, (_, n) => '`'.repeat(n)).join(' ')],
    ['quotes', repeated('>')],
    ['lists', repeated('- ')],
    ['angles', repeated('<')],
    ['addresses', repeated('http://')],
    ['dots', repeated('a.')],
    ['entities', repeated('&#x')],
  ])('take no more than twice the steps when they are twice as long: %s', async (_name, textOf) => {
    const [once, twice] = [await rendering(textOf(10_000)), await rendering(textOf(20_000))];
    expect(once).toBeGreaterThan(5_000);
    // A quadratic search would take four times as many.
    expect(twice / once).toBeLessThan(2.25);
  });
});
