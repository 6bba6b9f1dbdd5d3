import { rmSync } from 'node:fs';
import { DescribeStreamCommand } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { eventsOf } from '#events/events-of.ts';
import { settleBatch } from '#settling/settle-batch.ts';
import { tableName } from '#table/client.ts';
import type { Message, Place } from '../../bin/replay/place.ts';
import { type ReplayOptions, replay } from '../../bin/replay/replay.ts';
import { decodeResumption, encodeResumption } from '../../bin/replay/resumption.ts';
import { readRange } from '../../bin/replay/stream-range.ts';
import { tableReader } from '../../bin/replay/table-items.ts';
import { engineClients } from '../../local/engine/clients.ts';
import { failureMessage } from '../../local/streams/failure-message.ts';
import { compileFilter } from '../../local/streams/filter/pattern.ts';
import { type EventRecord, toEventRecord } from '../../local/streams/record.ts';
import { codeDirectory, SynthesisedStack } from '../stack/synthesise.ts';
import { call } from '../support/call.ts';
import { comment, decide, publish, putPolicy, read, recountAs } from '../support/newsroom.ts';
import { deliver } from '../support/settling.ts';
import { streamReader } from '../support/stream-reader.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

const stack = new SynthesisedStack();
const patternsOf = (name: 'settle' | 'announce'): string[] => {
  const [id] = stack.lambda(name);
  const mappings = Object.values(stack.resources('AWS::Lambda::EventSourceMapping'));
  const mapping = mappings.find(({ Properties }) => Properties.FunctionName.Ref === id);
  return mapping!.Properties.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => Pattern);
};
const patterns = { settle: patternsOf('settle'), announce: patternsOf('announce') };
const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;
const { tables, streams } = engineClients(inject('engineUrl'), 'local');
const readItems = tableReader(tables);

let engineStreamArn: string;
let streamArn: string;
let readStream: ReturnType<typeof streamReader>;
/** The failure queue. */
let queue: string[];
/** The ids of events that announcing was handed. */
let told: string[];

afterAll(() => rmSync(codeDirectory, { recursive: true }));
beforeEach(async () => {
  engineStreamArn ??= await createTable();
  streamArn = `arn:aws:dynamodb:local:123456789012:table/${tableName}/stream/label`;
  readStream ??= streamReader(engineStreamArn);
  await putPolicy({});
  await readStream();
  queue = [];
  told = [];
});

const place = { region: 'local', streamArn: 'arn:stream' };

/** What changed since the last time. */
async function unprocessed(): Promise<EventRecord[]> {
  return (await readStream()).map((record) => toEventRecord(record as never, place));
}

/** Settles what replaying has woken, as the mapping goes on doing. */
async function followUps(): Promise<void> {
  for (let records = await unprocessed(); records.length > 0; records = await unprocessed()) {
    await deliver(records as unknown as DynamoDBRecord[]);
  }
}

/** Has a function give up records in batches of a few, the last first. */
async function giveUp(name: 'settle' | 'announce', records: readonly EventRecord[]): Promise<void> {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: engineStreamArn }));
  const shardId = StreamDescription!.Shards![0]!.ShardId!;
  const matching = records.filter(compileFilter(patterns[name]));
  for (let start = 0; start < matching.length; start += 3) {
    const batch = {
      records: matching.slice(start, start + 3),
      condition: 'RetryAttemptsExhausted',
      invocations: 11,
      functionError: true,
    } as const;
    queue.unshift(JSON.stringify(failureMessage(batch, { functionArn: arnOf(name), streamArn, shardId })));
  }
}

/** @param aged whether a day has passed, and the stream has none of the records any more */
function newsroom({ aged = false, broken = false } = {}): Place {
  return {
    async *messages(): AsyncGenerator<Message> {
      for (const body of [...queue]) {
        yield { body, giveBack: async () => undefined, remove: async () => void queue.splice(queue.indexOf(body), 1) };
      }
    },
    waking: async ({ functionName }) => ({ patterns: patterns[functionName as 'settle'], batchSize: 100 }),
    range: async (failure) =>
      aged ? { records: [], whole: false } : await readRange(streams, engineStreamArn, failure, { region: 'local', streamArn }),
    items: async (_, after) => await readItems(tableName, { region: 'local', streamArn }, after),
    async invoke(functionArn, event) {
      if (broken) return { ok: false, error: { errorType: 'Error', errorMessage: 'still broken', trace: [] } };
      const { Records } = JSON.parse(event) as { Records: DynamoDBRecord[] };
      if (functionArn === arnOf('settle')) return { ok: true, payload: JSON.stringify(await settleBatch(Records)) };
      told.push(...Records.flatMap(eventsOf).map(({ id }) => id));
      return { ok: true, payload: 'null' };
    },
  };
}

const run = (at: Place, options: Partial<ReplayOptions> = {}) =>
  replay({
    ...{ place: at, dryRun: false, dropLost: false, resume: undefined, say: () => undefined, wait: async () => undefined },
    ...{ signal: new AbortController().signal, ...options },
  });

/** What members and moderators do: two comments are settled, and then settling breaks. */
async function busyHours(articleId: string): Promise<void> {
  await publish(articleId);
  const parent = await comment('ann', articleId, `First of ${articleId}.`);
  const rejected = await comment('eve', articleId, `To be taken down from ${articleId}.`);
  await followUps();
  for (const member of ['bob', 'cy', 'dee']) await comment(member, articleId, `An answer by ${member} on ${articleId}.`, parent);
  const reaction = { token: await tokenOf('bob'), body: { kind: 'like' } };
  await call(`PUT /v1/articles/${articleId}/comments/${parent}/reaction`, reaction);
  await decide(articleId, rejected, 'reject');
}

async function expectExact(articleId: string): Promise<void> {
  const recounted = await recountAs('root', ['admin'], articleId);
  expect(recounted.json).toMatchObject({ drift: 0, before: { approved: 4 }, after: { approved: 4 } });
  const { json } = await read(`/v1/articles/${articleId}/comments`);
  expect(json.items).toMatchObject([{ replyCount: 3, reactions: { like: 1 } }]);
  expect((await read(`/v1/articles/${articleId}`)).json.commentCount).toBe(4);
}

describe('replaying the failure queue', () => {
  it('settles what settling gave up, out of order and twice, and every count is exact', async () => {
    await busyHours('twice');
    await giveUp('settle', await unprocessed());
    const messages = [...queue];
    expect(messages.length).toBeGreaterThan(1);

    const report = await run(newsroom());
    await followUps();

    expect(report).toMatchObject({ messages: messages.length, removed: messages.length, left: 0, aged: 0 });
    expect(queue).toEqual([]);
    await expectExact('twice');
    queue = messages.toReversed();
    await run(newsroom());
    await followUps();
    await expectExact('twice');
  });

  it('settles a day later, from the table, what the stream no longer has', async () => {
    await busyHours('aged');
    await giveUp('settle', await unprocessed());
    const messages = [...queue];

    const report = await run(newsroom({ aged: true }));
    await followUps();

    expect(report).toMatchObject({ removed: messages.length, records: 0, aged: messages.length, lost: 0, left: 0 });
    expect(report.woken).toBeGreaterThanOrEqual(5);
    await expectExact('aged');
    queue = messages.toReversed();
    expect(await run(newsroom({ aged: true }))).toMatchObject({ left: 0, removed: messages.length });
    await followUps();
    await expectExact('aged');
  });

  it('tells events again under the ids that they had', async () => {
    await busyHours('told');
    const records = await unprocessed();
    await giveUp('announce', records);

    await run(newsroom());

    const ids = records.flatMap((record) => eventsOf(record as unknown as DynamoDBRecord)).map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(5);
    expect(new Set(told)).toEqual(new Set(ids));
    expect(queue).toEqual([]);
  });

  it('keeps the messages of events that nobody can tell any more, until it is told to drop them', async () => {
    await busyHours('lost');
    await giveUp('announce', await unprocessed());
    const messages = queue.length;

    expect(await run(newsroom({ aged: true }))).toMatchObject({ removed: 0, lost: messages, items: 0 });
    expect(told).toEqual([]);
    expect(queue).toHaveLength(messages);
    expect(await run(newsroom({ aged: true }), { dropLost: true })).toMatchObject({ removed: messages, lost: messages });
    expect(queue).toEqual([]);
  });

  it('removes nothing while the function is still broken, and says how much is left', async () => {
    await busyHours('broken');
    await giveUp('settle', await unprocessed());
    const messages = queue.length;

    expect(await run(newsroom({ broken: true }))).toMatchObject({ removed: 0, processed: 0, messages });
    expect((await run(newsroom({ aged: true, broken: true }))).left).toBeGreaterThan(0);
    expect(queue).toHaveLength(messages);
    await run(newsroom());
    await followUps();
    await expectExact('broken');
  });

  it('tells in a dry run what there is, and touches nothing', async () => {
    await busyHours('dry');
    await giveUp('settle', await unprocessed());
    const messages = queue.length;

    const report = await run(newsroom({ broken: true }), { dryRun: true });

    expect(report).toMatchObject({ messages, removed: 0, processed: 0, left: 0 });
    expect(report.records).toBeGreaterThanOrEqual(5);
    expect((await run(newsroom({ aged: true, broken: true }), { dryRun: true })).items).toBe(0);
    expect(queue).toHaveLength(messages);
    await run(newsroom());
    await followUps();
  });

  it('goes on where it was stopped on its way through the table, and removes nothing before its end', async () => {
    await busyHours('stopped');
    await giveUp('settle', await unprocessed());
    const messages = queue.length;
    const whole = newsroom({ aged: true });
    const { records } = await whole.items({ tableName, streamArn }, undefined);
    const second = { pk: { S: 'second' } };
    const stopping = new AbortController();
    const inTwoPages: Place = {
      ...whole,
      async items(_, after) {
        if (after !== undefined) return { records: records.slice(4), next: undefined };
        return { records: records.slice(0, 4), next: second };
      },
      messages: () => whole.messages(),
    };
    const stopsThere: Place = {
      ...inTwoPages,
      async items(from, after) {
        stopping.abort();
        return await inTwoPages.items(from, after);
      },
    };

    const { resumption } = await run(stopsThere, { signal: stopping.signal });
    expect(queue).toHaveLength(messages);
    const word = encodeResumption(resumption!);
    const report = await run(inTwoPages, { resume: decodeResumption(word) });

    expect(report).toMatchObject({ removed: messages, left: 0, resumption: undefined });
    await followUps();
    await expectExact('stopped');
  });

  it('leaves what is no message of Lambda where it is', async () => {
    queue = ['hello', '{"requestContext":{}}'];
    expect(await run(newsroom())).toMatchObject({ messages: 2, removed: 0, left: 2 });
    expect(queue).toHaveLength(2);
  });
});
