import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, type RateState, rateHeaders, windowsOf } from '#members/rules/rate.ts';

const windows = windowsOf({ perMinute: 6, perHour: 60 });

/** Posts at these times (milliseconds); tells which were admitted. */
function admitted(times: readonly number[]): number[] {
  let state: RateState = {};
  return times.filter((time) => {
    const admission = admit(state, windows, time);
    if (admission.kind === 'admitted') state = admission.state;
    return admission.kind === 'admitted';
  });
}

describe('the rate of a member', () => {
  it('admits as many at once as a minute has, and then no more', () => {
    expect(admitted(Array.from({ length: 10 }, () => 1_000_000))).toHaveLength(6);
  });

  it('admits one again after the time that it tells', () => {
    let state: RateState = {};
    for (let n = 0; n < 6; n += 1) state = (admit(state, windows, 0) as { state: RateState }).state;
    const refused = admit(state, windows, 0);
    expect(refused).toMatchObject({ kind: 'limited', retryAfter: 10, window: { name: 'minute' } });
    expect(admit(state, windows, 10_000).kind).toBe('admitted');
    expect(admit(state, windows, 9_000)).toMatchObject({ kind: 'limited', retryAfter: 1 });
  });

  it('limits the hour as well as the minute', () => {
    const everySixSeconds = Array.from({ length: 600 }, (_, n) => n * 6_000);
    expect(admitted(everySixSeconds).length).toBeLessThanOrEqual(60 + 60);
    expect(admitted(everySixSeconds.filter((time) => time < 600_000)).length).toBeGreaterThanOrEqual(60);
  });

  it('never admits more within any minute than twice what a minute has', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300_000), { maxLength: 80 }), (times) => {
        const taken = admitted([...times].sort((a, b) => a - b));
        for (const start of taken) expect(taken.filter((time) => time >= start && time < start + 60_000).length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('keeps windows of one name apart by their place, and tells them by their name', () => {
    const slow = (place: string) => ({ name: 'slow', place, amount: 1, seconds: 30 });
    const { state } = admit({}, [slow('one')], 0) as { state: RateState };
    expect(state).toEqual({ one: 30_000 });
    expect(admit(state, [slow('one')], 29_999)).toMatchObject({ kind: 'limited', retryAfter: 1 });
    expect(admit(state, [slow('one')], 30_000).kind).toBe('admitted');
    expect(admit(state, [slow('two')], 0).kind).toBe('admitted');
    expect(rateHeaders(state, [slow('one')], 0)).toEqual({ 'ratelimit-policy': '"slow";q=1;w=30', ratelimit: '"slow";r=0;t=30' });
  });

  it('tells what is left in the words of the draft', () => {
    const { state } = admit({}, windows, 0) as { state: RateState };
    expect(rateHeaders(state, windows, 0)).toEqual({
      'ratelimit-policy': '"minute";q=6;w=60, "hour";q=60;w=3600',
      ratelimit: '"minute";r=5;t=10, "hour";r=59;t=60',
    });
  });
});
