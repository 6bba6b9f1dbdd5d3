import { type EventRecord, itemKey } from '../streams/record.ts';
import type { Dice } from './dice.ts';

/** Mixes the records of a batch; those of one item keep their order, which Lambda promises. */
export function reorder(records: readonly EventRecord[], dice: Dice): EventRecord[] {
  const items = Object.values(Object.groupBy(records, itemKey)).map((ofItem = []) => [...ofItem]);
  const mixed: EventRecord[] = [];
  while (mixed.length < records.length) {
    const waiting = items.filter((ofItem) => ofItem.length > 0);
    const next = waiting[dice.below(waiting.length)]?.shift();
    if (next !== undefined) mixed.push(next);
  }
  return mixed;
}
