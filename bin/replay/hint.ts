import * as z from 'zod';

const ofState = z.strictObject({ dynamodb: z.strictObject({ NewImage: z.looseObject({}) }) });

/**
 * Whether a function is woken for what an item is, and for nothing else: then a record is only a hint, and the item itself tells what
 * there is to do. One that is woken for certain items, whatever they are, is told what happened, and no item remembers that.
 * @param patterns of the event filter, as JSON; none lets everything through
 */
export function isHint(patterns: readonly string[]): boolean {
  return patterns.length > 0 && patterns.every((pattern) => ofState.safeParse(JSON.parse(pattern)).success);
}
