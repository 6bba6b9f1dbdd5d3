import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PublishedEvent } from '../../functions/events/event.ts';
import { type EventBus, startEventBus } from '../../local/events/bus.ts';
import type { BusEvent } from '../../local/events/event.ts';
import { toEventRecord } from '../../local/streams/record.ts';
import { call } from '../support/call.ts';
import { comment, decide, publish, putPolicy } from '../support/newsroom.ts';
import { deliver } from '../support/settling.ts';
import { streamReader } from '../support/stream-reader.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

const place = { region: 'local', streamArn: 'arn:stream' };
let bus: EventBus;
let taken: BusEvent[] = [];
let readStream: ReturnType<typeof streamReader>;
let announceBatch: (records: readonly DynamoDBRecord[]) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;

beforeAll(async () => {
  bus = await startEventBus({ buses: ['news'], account: '123456789012', region: 'local', onEvent: (_, event) => taken.push(event) });
  Object.assign(process.env, { AWS_ENDPOINT_URL_EVENTBRIDGE: bus.url, EVENT_BUS_NAME: 'news' });
  ({ announceBatch } = await import('../../functions/events/announce-batch.ts'));
  readStream = streamReader(await createTable());
});
afterAll(() => bus.close());
beforeEach(() => {
  taken = [];
});

/** Settles until nothing is left; gives all that the stream has told meanwhile, as a function gets it. */
async function happened(): Promise<DynamoDBRecord[]> {
  const all: DynamoDBRecord[] = [];
  for (let records = await readStream(); records.length > 0; records = await readStream()) {
    all.push(...records);
    await deliver(records);
  }
  return all.map((record) => toEventRecord(record as never, place) as DynamoDBRecord);
}

const published = () => taken.map(({ detail }) => detail as PublishedEvent);
const told = (id: string) => published().filter((event) => 'commentId' in event && event.commentId === id);

describe('announcing', () => {
  it('tells every transition of a comment’s life under one id, however often and in whatever order its records come', async () => {
    await putPolicy({ suspectPhrases: ['snake oil'] });
    await publish('a');
    const token = await tokenOf('ann');
    const id = await comment('ann', 'a', 'Snake oil!');
    const history = await happened();
    await decide('a', id, 'approve');
    history.push(...(await happened()));
    await call(`PATCH /v1/articles/a/comments/${id}`, { token, body: { body: 'Better now.' }, headers: { 'if-match': '"2"' } });
    history.push(...(await happened()));
    await call(`PUT /v1/articles/a/comments/${id}/reaction`, { token: await tokenOf('bob'), body: { kind: 'like' } });
    await call(`POST /v1/articles/a/comments/${id}/reports`, { token: await tokenOf('bob'), body: { reason: 'spam' } });
    history.push(...(await happened()));
    await call(`DELETE /v1/articles/a/comments/${id}/reaction`, { token: await tokenOf('bob') });
    await call(`DELETE /v1/articles/a/comments/${id}`, { token });
    history.push(...(await happened()));

    await announceBatch(history);
    const once = told(id);
    expect(once.map(({ type, revision }) => [type, revision])).toEqual([
      ['comment.submitted', 1],
      ['comment.held', 1],
      ['comment.approved', 2],
      ['comment.edited', 3],
      ['comment.approved', 3],
      ['comment.reacted', 1],
      ['comment.reported', 1],
      ['comment.reacted', 2],
      ['comment.deleted', 4],
    ]);

    await announceBatch(history.slice(3));
    await announceBatch([...history].reverse());
    expect(new Set(told(id).map((event) => event.id))).toEqual(new Set(once.map((event) => event.id)));
    for (const event of told(id)) expect(once).toContainEqual(event);
    expect(new Set(once.map((event) => event.id)).size).toBe(9);
  });

  it('tells what becomes of articles and of the policy', async () => {
    const token = await tokenOf('desk', ['publisher']);
    await publish('b');
    await call('PATCH /v1/articles/b', { token, body: { commenting: { open: false } } });
    await call('DELETE /v1/articles/b', { token });
    await publish('b');
    await putPolicy({});
    await announceBatch(await happened());
    expect(published().map(({ type, revision }) => [type, revision])).toEqual([
      ['article.published', 1],
      ['article.closed', 2],
      ['article.removed', 3],
      ['article.published', 4],
      ['policy.changed', 2],
    ]);
  });

  it('tells what standing a moderator gave to whom, and until when, but not why', async () => {
    const stand = async (body: object) =>
      call('PATCH /v1/moderation/users/max', { token: await tokenOf('mod', ['moderator']), body: { note: 'He knows', ...body } });
    const until = new Date(Date.now() + 60_000).toISOString();
    await stand({ standing: 'held', until });
    await comment('max', 'a', 'I have to wait');
    await stand({ standing: 'held', until, note: 'A second thought' });
    await stand({ standing: 'normal' });
    await announceBatch(await happened());
    const standings = published().filter(({ type }) => type === 'user.standing-changed');
    expect(standings).toMatchObject([
      { memberId: 'max', standing: 'held', until, revision: 1 },
      { memberId: 'max', standing: 'normal', until: null, revision: 3 },
    ]);
    expect(JSON.stringify(standings)).not.toMatch(/knows|thought/);
  });

  it('says nothing of what was written, and of nobody’s name or id', async () => {
    const id = await comment('very-own-id', 'a', 'A very private matter');
    await call(`PUT /v1/articles/a/comments/${id}/reaction`, { token: await tokenOf('very-own-id'), body: { kind: 'like' } });
    await announceBatch(await happened());
    expect(told(id).length).toBeGreaterThan(1);
    expect(JSON.stringify(taken)).not.toMatch(/very/);
  });

  it('brings records again from the first that the bus did not take, in calls of ten', async () => {
    for (let n = 0; n < 12; n += 1) await comment(`member-${n}`, 'a', `Number ${n}`);
    const records = (await readStream()).map((record) => toEventRecord(record as never, place) as DynamoDBRecord);
    const submitted = records.filter(({ dynamodb }) => dynamodb?.Keys?.sk?.S === 'comment');
    expect(submitted).toHaveLength(12);

    process.env.EVENT_BUS_NAME = 'nobody-knows-it';
    const refused = await announceBatch(submitted).finally(() => {
      process.env.EVENT_BUS_NAME = 'news';
    });
    expect(refused.batchItemFailures).toEqual([{ itemIdentifier: submitted[0]?.dynamodb?.SequenceNumber }]);
    expect(taken).toEqual([]);

    expect(await announceBatch(submitted)).toEqual({ batchItemFailures: [] });
    expect(published().map(({ type }) => type)).toEqual(Array(12).fill('comment.submitted'));
  });
});
