import type { Difference } from '#comments/rules/contribution.ts';
import { commentKey, type Key } from '#table/keys.ts';
import type { Plan } from './plan.ts';

/**
 * What a member did to a comment: a reaction or a report, at most one of each. `view` is what it counts as, a kind or a
 * reason; without one it was withdrawn.
 */
export interface Mark extends Key {
  /** The comment's id. */
  order: string;
  view?: string;
  version: number;
  unsettled?: true;
  counted?: string;
  /** Of a report: the revision of the comment that was reported. */
  revision?: number;
}

/** How marks of one sort are summed in their comment. */
export interface MarkSort {
  /** The map of the comment that holds the sums. */
  map: 'reactions' | 'reports';
  /** Whether the comment has to be settled anew once `added` more are counted. */
  wakes(commentId: string, added: number): boolean;
  /** Whether a moderator has decided on the comment since this report, which then counts among those that were seen. */
  isAnswered?(image: Mark): boolean;
}

/**
 * Plans the settling of one image of a mark; pure, and exact for the same reason as a comment's own: the condition names
 * the state that the difference was computed from. A withdrawn mark is gone afterwards.
 */
export function planMark(image: Mark, { map, wakes, isAnswered }: MarkSort): Plan | undefined {
  if (!image.unsettled) return undefined;
  const { counted: before, view: after, version } = image;
  const key = { pk: image.pk, sk: image.sk };
  const expect = { version, unsettled: true, counted: before, view: after };
  const add: Difference =
    before === after
      ? {}
      : {
          ...(before !== undefined && { [`${map}.${before}`]: -1 }),
          ...(after !== undefined && { [`${map}.${after}`]: 1 }),
          ...(after === undefined && isAnswered?.(image) && { reportsSeen: -1 }),
        };
  const wake = before !== after && wakes(image.order, Number(after !== undefined) - Number(before !== undefined));
  return {
    source: after === undefined ? { key, expect, remove: true } : { key, set: { counted: after, unsettled: undefined }, expect },
    records: [],
    shares: before === after ? [] : [{ key: commentKey(image.order), add, ...(wake && { wake: true as const }) }],
  };
}
