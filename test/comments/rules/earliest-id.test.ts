import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { earliestId } from '#comments/rules/earliest-id.ts';
import { createdAt } from '#comments/rules/view.ts';

describe('the earliest id of a moment', () => {
  it('lies before the ids of that moment and after those before it', () => {
    const id = uuidv7();
    const made = Date.parse(createdAt(id));
    expect(earliestId(made) < id).toBe(true);
    expect(id < earliestId(made + 1)).toBe(true);
  });

  it('sorts as time does, to the end of what an id can tell', () => {
    const time = fc.integer({ min: 0, max: Date.parse('9999-12-31T23:59:59.999Z') });
    fc.assert(
      fc.property(time, time, (a, b) => {
        expect(Math.sign(a - b)).toBe(earliestId(a) < earliestId(b) ? -1 : Number(earliestId(a) > earliestId(b)));
        expect(Date.parse(createdAt(`${earliestId(a)}-7000-8000-000000000000`))).toBe(a);
      }),
    );
  });
});
