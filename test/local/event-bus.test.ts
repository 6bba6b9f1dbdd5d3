import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EventBus, startEventBus } from '../../local/events/bus.ts';
import type { BusEvent } from '../../local/events/event.ts';
import { ruleTargets } from '../../local/events/rules.ts';
import type { LambdaFunction } from '../../local/lambda/function.ts';

let bus: EventBus;
let client: EventBridgeClient;
let taken: [string, BusEvent][];

beforeEach(async () => {
  taken = [];
  const onEvent = (busName: string, event: BusEvent) => taken.push([busName, event]);
  bus = await startEventBus({ buses: ['news'], account: '123456789012', region: 'us-east-1', onEvent });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new EventBridgeClient({ endpoint: bus.url, region: 'us-east-1', credentials, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await bus.close();
});

const entry = (changes: object = {}) => ({
  ...{ EventBusName: 'news', Source: 'test', DetailType: 'thing.happened', Detail: '{"n":1}', Time: new Date('2026-11-24T09:00:00Z') },
  ...changes,
});
const put = (...entries: object[]) => client.send(new PutEventsCommand({ Entries: entries as never }));

describe('the event bus', () => {
  it('takes events in the words of EventBridge, and hands them on in its envelope', async () => {
    const { FailedEntryCount, Entries } = await put(entry());
    expect([FailedEntryCount, Entries]).toEqual([0, [{ EventId: taken[0]?.[1].id }]]);
    expect(taken).toEqual([
      [
        'news',
        {
          ...{ version: '0', id: expect.any(String), 'detail-type': 'thing.happened', source: 'test', account: '123456789012' },
          ...{ time: '2026-11-24T09:00:00Z', region: 'us-east-1', resources: [], detail: { n: 1 } },
        },
      ],
    ]);
  });

  it('refuses a malformed entry alone, and takes the others', async () => {
    const { FailedEntryCount, Entries } = await put(entry({ Detail: 'no JSON' }), entry());
    expect(FailedEntryCount).toBe(1);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual(['MalformedDetail', undefined]);
    expect(taken).toHaveLength(1);
  });

  it.each([
    ['a bus that the template does not have', [entry({ EventBusName: 'other' })], /no event bus other/],
    ['no entries', [], /Too small/],
    ['more than ten entries', Array(11).fill(entry()), /Too big/],
  ])('refuses a call with %s', async (_, entries, message) => {
    await expect(put(...entries)).rejects.toThrow(message);
    expect(taken).toEqual([]);
  });

  it('refuses calls that it does not know', async () => {
    const answer = await fetch(bus.url, { method: 'POST', headers: { 'x-amz-target': 'AWSEvents.ListRules' }, body: '{}' });
    expect([answer.status, await answer.json()]).toMatchObject([400, { __type: 'UnknownOperationException' }]);
  });
});

describe('rules', () => {
  const event = (detail: object): BusEvent => ({
    ...{ version: '0', id: 'e1', 'detail-type': 'comment.held', source: 'test', account: '1', time: '', region: '', resources: [], detail },
  });
  const rule = (pattern: object, functionNames: string[], busName = 'news') => ({
    ...{ id: 'Rule', busName, pattern: JSON.stringify(pattern), functionNames },
  });
  /** A function that fails as often as told before it works. */
  const target = (failures: number) => {
    const events: string[] = [];
    const invoke = async (text: string) => {
      events.push(text);
      const error = { errorType: 'Error', errorMessage: 'no', trace: [] };
      return events.length <= failures ? { ok: false as const, error } : { ok: true as const, payload: 'null' };
    };
    return { events, lambda: { plan: { eventRetries: 2 }, invoke } as unknown as LambdaFunction };
  };

  it('reach the functions of each rule that matches, and no other', async () => {
    const [one, two, other] = [target(0), target(0), target(0)];
    const functions = new Map(Object.entries({ one: one.lambda, two: two.lambda, other: other.lambda }));
    const targets = ruleTargets(
      [
        rule({ 'detail-type': ['comment.held'] }, ['one']),
        rule({ 'detail-type': [{ prefix: 'comment.' }], detail: { articleId: ['a'] } }, ['two']),
        rule({ 'detail-type': ['comment.approved'] }, ['other']),
        rule({ source: ['test'] }, ['other'], 'another bus'),
      ],
      functions,
      () => undefined,
    );
    await targets.deliver('news', event({ articleId: 'a' }));
    expect([one.events, two.events].map(([text = '{}']) => JSON.parse(text).detail)).toEqual([{ articleId: 'a' }, { articleId: 'a' }]);
    expect(other.events).toEqual([]);
  });

  it('try a function that fails twice more, and then tell of it', async () => {
    const [recovers, never] = [target(2), target(9)];
    const problems: string[] = [];
    const functions = new Map(Object.entries({ recovers: recovers.lambda, never: never.lambda }));
    const targets = ruleTargets([rule({ source: ['test'] }, ['recovers', 'never'])], functions, (line) => problems.push(line));
    await targets.deliver('news', event({}));
    expect([recovers.events.length, never.events.length]).toEqual([3, 3]);
    expect(problems).toEqual(['never did not take the event comment.held (e1)']);
  });
});
