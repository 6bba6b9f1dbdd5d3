import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startSchedules } from '../../local/events/schedules.ts';
import type { LambdaFunction } from '../../local/lambda/function.ts';

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-24T09:00:00.500Z'), toFake: ['setInterval', 'clearInterval', 'Date'] }));
afterEach(() => vi.useRealTimers());

const minute = 60_000;
const place = { account: '123456789012', region: 'us-east-1' };
const schedule = (everyMilliseconds: number) => ({ id: 'Clock', everyMilliseconds, functionNames: ['tidy'] });

function tidy({ ok = true, eventRetries = 2 } = {}) {
  const events: string[] = [];
  const invoke = async (text: string) => {
    events.push(text);
    return ok ? { ok, payload: 'null' } : { ok, error: { errorType: 'Error', errorMessage: 'no', trace: [] } };
  };
  return { events, functions: new Map([['tidy', { plan: { eventRetries }, invoke } as unknown as LambdaFunction]]) };
}

it('goes off whenever a period has passed, and no more once it has ended', () => {
  const { events, functions } = tidy();
  const end = startSchedules({ ...place, schedules: [schedule(5 * minute)] }, functions, () => undefined);

  vi.advanceTimersByTime(5 * minute - 1);
  expect(events).toHaveLength(0);
  vi.advanceTimersByTime(5 * minute + 1);
  expect(events).toHaveLength(2);
  end();
  vi.advanceTimersByTime(60 * minute);
  expect(events).toHaveLength(2);
});

it('tells the function in the words of EventBridge', () => {
  const { events, functions } = tidy();
  const end = startSchedules({ ...place, schedules: [schedule(minute)] }, functions, () => undefined);
  vi.advanceTimersByTime(minute);
  end();

  expect(events.map((text) => JSON.parse(text))).toEqual([
    {
      ...{ version: '0', id: expect.any(String), 'detail-type': 'Scheduled Event', source: 'aws.events', ...place },
      ...{ time: '2026-11-24T09:01:00Z', resources: ['arn:aws:events:us-east-1:123456789012:rule/Clock'], detail: {} },
    },
  ]);
});

it.each([0, 1])('is tried again as often as the template says for the function: %i times', async (eventRetries) => {
  const { events, functions } = tidy({ ok: false, eventRetries });
  const told = Promise.withResolvers<void>();
  const end = startSchedules({ ...place, schedules: [schedule(minute)] }, functions, () => told.resolve());
  vi.advanceTimersByTime(minute);
  end();
  await told.promise;

  expect(events).toHaveLength(1 + eventRetries);
});

it('tells of a function that does not take it', async () => {
  const problems: string[] = [];
  const told = Promise.withResolvers<void>();
  const end = startSchedules({ ...place, schedules: [schedule(minute)] }, new Map(), (line) => {
    problems.push(line);
    told.resolve();
  });
  vi.advanceTimersByTime(minute);
  end();
  await told.promise;

  expect(problems).toEqual([expect.stringMatching(/^tidy did not take the event Scheduled Event/)]);
});
