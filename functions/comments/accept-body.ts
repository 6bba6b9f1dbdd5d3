import { Problem } from '#http/problem.ts';
import { renderComment } from './markdown.ts';
import { cleanBody, isVisible, lengthOf } from './rules/body.ts';
import { visibleText } from './rules/visible-text.ts';

/**
 * Cleans and renders what a member typed.
 *
 * @throws Problem `invalid` (422) when it is too long, or shows nothing
 */
export function acceptBody(text: string, maxLength: number): { body: string; html: string } {
  const body = cleanBody(text);
  // A code point is one UTF-16 unit or two, so nearly every text need not be counted.
  if (body.length > maxLength && lengthOf(body) > maxLength) {
    throw refused(`may have ${maxLength} characters, this has ${lengthOf(body)}`);
  }
  const html = renderComment(body);
  if (!isVisible(visibleText(html))) throw refused('must say something');
  if (Buffer.byteLength(html) > largestRendering) throw refused('has too many links');
  return { body, html };
}

/** Bytes of a rendering: an item of the table has 400 KB for it and the text, and a link is written many times as long as it was typed. */
const largestRendering = 200_000;

const refused = (message: string) => new Problem('invalid', 'The comment breaks a rule.', { errors: [{ path: '/body', message }] });
