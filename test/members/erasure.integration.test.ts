import type { DynamoDBRecord } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { writesPerStep } from '#jobs/step.ts';
import { eventsOf } from '../../functions/events/events-of.ts';
import { toEventRecord } from '../../local/streams/record.ts';
import { call } from '../support/call.ts';
import { comment, decide, moderate, post, publish, putPolicy, read, recountAs, walk } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { prose } from '../support/prose.ts';
import { many } from '../support/scale.ts';
import { deliver } from '../support/settling.ts';
import { streamReader } from '../support/stream-reader.ts';
import { createTable, scanTable } from '../support/table.ts';
import { textOfItems } from '../support/text-of-items.ts';
import { tokenOf } from '../support/tokens.ts';

let readStream: ReturnType<typeof streamReader>;
/** All that the stream has told since it was last asked. */
let told: DynamoDBRecord[] = [];

beforeAll(async () => {
  readStream = streamReader(await createTable());
  await putPolicy({ suspectPhrases: ['snake oil'] });
});

type Item = { order: string; status: string };

/** Settles until nothing is left, with every batch delivered twice. */
async function settle(): Promise<void> {
  for (let records = await readStream(); records.length > 0; records = await readStream()) {
    told.push(...records);
    await deliver(records);
    await deliver(records);
  }
}

const erase = async (member: string) => call('DELETE /v1/me', { token: await tokenOf(member) });
const everything = async () => textOfItems([...(await scanTable<object>()), ...told.flatMap(eventsOfRecord)]);
const eventsOfRecord = (record: DynamoDBRecord) =>
  eventsOf(toEventRecord(record as never, { region: '', streamArn: '' }) as DynamoDBRecord);
const countOf = async (article: string) => (await read('/v1/counts', { articles: article })).json.counts[article];

/** The comment as it waits because it was reported; nothing where it does not. */
const reported = async (id: string) =>
  (await walk('/v1/moderation/queues/reported', { token: await tokenOf('mod', ['moderator']) })).flat().filter((item) => item.id === id);

/** Reports an approved comment. */
async function reportAbuse(article: string, id: string, member: string): Promise<void> {
  const answer = await call(`POST /v1/articles/${article}/comments/${id}/reports`, {
    token: await tokenOf(member),
    body: { reason: 'abuse' },
  });
  expect(answer.status).toBe(201);
}

describe('erasing a member', () => {
  it('with 1,000 comments in 50 articles leaves every count right, the threads whole, and no trace', async () => {
    const articles = Array.from({ length: many(50) }, (_, n) => `story-${n}`);
    const ada = { sub: 'ada-4711', name: 'Ada Lovelace-Byron', says: 'analytical engines' };
    const token = await tokenOf(ada.sub, [], ada.name);
    const replies = new Map<string, string>();
    for (const article of articles) {
      await publish(article);
      for (let n = 0; n < 20; n += 1) {
        const body = { body: `Number ${n} about ${ada.says} and ${n === 7 ? 'snake oil' : article}${n === 5 ? prose : ''}` };
        const headers = n === 3 ? { 'idempotency-key': `key-${article}` } : undefined;
        expect((await call(`POST /v1/articles/${article}/comments`, { token, body, ...(headers && { headers }) })).status).toBe(201);
      }
    }
    await settle();
    const others: [article: string, id: string][] = [];
    for (const article of articles) {
      const [first, second] = (await read(`/v1/articles/${article}/comments`, { sort: 'oldest', limit: '2' })).json.items;
      const edit = { body: { body: `Edited ${ada.says} ${article}` }, headers: { 'if-match': '*' } };
      expect((await call(`PATCH /v1/articles/${article}/comments/${second.id}`, { token, ...edit })).status).toBe(200);
      replies.set(article, await comment('bob', article, `An answer in ${article}`, first.id));
      others.push([article, await comment('cyn', article, `Something else in ${article}`)]);
    }
    await settle();
    for (const [article, id] of others) {
      await call(`PUT /v1/articles/${article}/comments/${id}/reaction`, { token, body: { kind: 'like' } });
      await call(`POST /v1/articles/${article}/comments/${id}/reports`, { token, body: { reason: 'spam', note: `No ${ada.says}` } });
    }
    await settle();
    expect(await everything()).toMatch(/ada-4711.*Lovelace.*analytical/s);

    const begun = await erase(ada.sub);
    expect(begun).toMatchObject({
      status: 202,
      json: { state: 'running', doneAt: null, removed: { comments: 0, reactions: 0, reports: 0 } },
    });
    told = [];
    await settle();

    const report = await call(`GET ${begun.headers.location as '/'}`, { token });
    expect(report.json).toMatchObject({
      id: begun.json.id,
      state: 'done',
      removed: { comments: 20 * articles.length, reactions: articles.length, reports: articles.length },
    });
    expect(await everything()).not.toMatch(/ada-4711|Lovelace|analytical/);
    for (const article of articles) {
      expect(await countOf(article)).toBe(2);
      expect((await recountAs('root', ['admin'], article)).json).toMatchObject({ drift: 0, after: { approved: 2, deleted: 20 } });
      const { json } = await read(`/v1/articles/${article}/comments/${replies.get(article)}`);
      expect(json.ancestors).toMatchObject([{ status: 'deleted', author: null, body: null, html: null }]);
    }
    expect((await moderate('/v1/moderation/queues')).json.queues.map(({ size }: { size: number }) => size)).toEqual([0, 0, 0]);
  }, 240_000);

  it('finds comments in every status, and those that their author had taken back', async () => {
    await publish('a');
    const id = await comment('dan-0815', 'a', 'Taken back later');
    const held = await comment('dan-0815', 'a', 'Snake oil, by Dan');
    const rejected = await comment('dan-0815', 'a', 'Below the belt');
    await settle();
    await call(`DELETE /v1/articles/a/comments/${id}`, { token: await tokenOf('dan-0815') });
    const note = { note: 'Not here.' };
    await decide('a', rejected, 'reject', note);
    await settle();
    await decide('a', rejected, 'spam', note);
    await erase('dan-0815');
    told = [];
    await settle();
    expect(await everything()).not.toMatch(/dan-0815|Snake oil, by|Below the belt/);
    expect((await recountAs('root', ['admin'], 'a')).json).toMatchObject({ drift: 0, after: { deleted: 3 } });
    const records = (await scanTable<{ sk: string; view: string }>()).filter(({ sk }) => sk.startsWith('decision#'));
    expect(records.map(({ view }) => JSON.parse(view))).toMatchObject([
      { action: 'reject', commentId: rejected, after: 'rejected', note: null },
      { action: 'spam', commentId: rejected, after: 'spam', note: null },
    ]);
    expect((await moderate(`/v1/moderation/queues/held`)).json.items.map((item: { id: string }) => item.id)).not.toContain(held);
  });

  it('takes only what there was: whoever comes back begins anew', async () => {
    await publish('b');
    await comment('eve', 'b', 'Before');
    await settle();
    const { json } = await erase('eve');
    await settle();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(json.startedAt) + 1_001 - Date.now())));
    const again = await comment('eve', 'b', 'Afterwards');
    await settle();
    const { items } = (await call('GET /v1/me/comments', { token: await tokenOf('eve') })).json;
    expect(items).toMatchObject([{ id: again, status: 'approved' }]);
  });

  it('takes no reaction and no report that came a second after it was asked for, and has no report get lost in it', async () => {
    await publish('i');
    const [first, second] = [await comment('max', 'i', 'Liked before'), await comment('max', 'i', 'Liked afterwards')];
    await settle();
    const token = await tokenOf('lia');
    const like = (id: string) => call(`PUT /v1/articles/i/comments/${id}/reaction`, { token, body: { kind: 'like' } });
    const report = (id: string) => call(`POST /v1/articles/i/comments/${id}/reports`, { token, body: { reason: 'spam' } });
    await like(first);
    await report(first);
    await settle();
    const { json } = await erase('lia');
    const asked = await readStream();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, Date.parse(json.startedAt) + 1_001 - Date.now())));
    await like(second);
    expect((await report(second)).status).toBe(201);
    const marks = await readStream();
    let step = asked;
    while (step.length > 0 && (await report(first)).status === 200) {
      await deliver(step);
      step = await readStream();
    }
    expectProblem(await report(first), 503, 'unavailable');
    await deliver([...marks, ...step]);
    await settle();
    const { items } = (await read('/v1/articles/i/comments', { sort: 'oldest' })).json;
    expect(items.map(({ reactions }: { reactions: object }) => reactions)).toEqual([{}, { like: 1 }]);
    expect((await call('GET /v1/articles/i/me', { token })).json).toMatchObject({
      ...{ reactions: { [second]: 'like' }, reports: { [second]: { reason: 'spam' } } },
    });
    expect((await report(first)).status).toBe(201);
  });

  it('keeps an eye open for reports that come later, though those of the erased were answered', async () => {
    await publish('c');
    const id = await comment('fay', 'c', 'Reported twice');
    await settle();
    const report = (member: string) => reportAbuse('c', id, member);
    await report('gil');
    await settle();
    await decide('c', id, 'approve');
    await settle();
    await erase('gil');
    await settle();
    await report('hal');
    await settle();
    expect(await reported(id)).toMatchObject([{ reports: { count: 1, reasons: { abuse: 1 } } }]);
  });

  it('takes only their own along of the reports of a comment, answered or not', async () => {
    await publish('j');
    const id = await comment('fay', 'j', 'Reported by several');
    await settle();
    const report = (member: string) => reportAbuse('j', id, member);
    for (const member of ['ivo', 'jan']) await report(member);
    await settle();
    await decide('j', id, 'approve');
    await settle();
    for (const member of ['kim', 'lou']) await report(member);
    await settle();
    for (const [member, count] of [
      ['ivo', 3],
      ['kim', 2],
      ['jan', 1],
    ] as const) {
      await erase(member);
      await settle();
      expect(await reported(id)).toMatchObject([{ reports: { count } }]);
    }
    await erase('lou');
    await settle();
    expect(await reported(id)).toEqual([]);
    await report('mia');
    await settle();
    expect(await reported(id)).toMatchObject([{ reports: { count: 1 } }]);
  });

  it('comes to its end where as many answers are kept for the member as one step has writes, and a record that is over', async () => {
    await publish('g');
    await putPolicy({ suspectPhrases: ['snake oil'], rate: { perMinute: 1_000, perHour: 1_000 } });
    const token = await tokenOf('keen');
    for (let n = 0; n < writesPerStep; n += 1) {
      const body = { body: n === 0 ? 'Snake oil!' : `Number ${n}` };
      const posted = await call('POST /v1/articles/g/comments', { token, body, headers: { 'idempotency-key': `key-${n}` } });
      expect(posted.status).toBe(201);
    }
    await settle();
    const { headers } = await erase('keen');
    await settle();
    expect((await call(`GET ${headers.location as '/'}`, { token })).json).toMatchObject({
      state: 'done',
      removed: { comments: writesPerStep },
    });
    await putPolicy({ suspectPhrases: ['snake oil'] });
  });

  it('leaves no word of a note that was about the member, and not yet recorded', async () => {
    await publish('h');
    const id = await comment('nell', 'h', 'To be judged');
    await settle();
    await decide('h', id, 'reject', { note: 'Nell Nobody once more' });
    const decided = await readStream();
    await erase('nell');
    const asked = await readStream();
    await deliver(asked);
    await deliver(decided);
    await settle();
    const left = JSON.stringify(await scanTable());
    expect(left).toContain('"action\\":\\"reject');
    expect(left).not.toContain('Nell Nobody');
  });

  it.each(['banned', 'muted', 'held'] as const)('does not make somebody %s start with a clean sheet', async (standing) => {
    await publish('e');
    const member = `troll-${standing}-0042`;
    await comment(member, 'e', `Before I was ${standing}`);
    await call(`PATCH /v1/moderation/users/${member}`, {
      token: await tokenOf('mod', ['moderator']),
      body: { standing, note: 'Again him' },
    });
    await settle();
    await erase(member);
    told = [];
    await settle();
    expect(JSON.stringify(await scanTable())).not.toMatch(new RegExp(`${member}|Again him`));
    const again = await post(member, 'e', `Here I am again, ${standing}`);
    await settle();
    expect(again.status).toBe(standing === 'banned' ? 403 : 201);
    if (standing !== 'banned') expect((await scanTable<Item>()).find(({ order }) => order === again.json.id)?.status).toBe(standing);
    expect((await moderate(`/v1/moderation/users/${member}`)).json).toMatchObject({ standing, note: null, revision: 1 });
  });

  it('does not give anybody a new allowance of posts', async () => {
    await publish('f');
    await putPolicy({ rate: { perMinute: 2, perHour: 10 }, suspectPhrases: ['snake oil'] });
    for (let n = 0; n < 2; n += 1) expect((await post('fast', 'f', `Number ${n}`)).status).toBe(201);
    await erase('fast');
    await settle();
    expect((await post('fast', 'f', 'Number 3')).status).toBe(429);
    await putPolicy({ suspectPhrases: ['snake oil'] });
  });

  it('is known to nobody else while it goes on, and an unknown one is not found', async () => {
    await publish('d');
    await post('ida', 'd', 'Mine');
    const { headers } = await erase('ida');
    const path = `GET ${headers.location as '/'}` as const;
    expect((await call(path, { token: await tokenOf('mallory') })).status).toBe(404);
    expect((await call(path, { token: await tokenOf('ida') })).json.state).toBe('running');
    await settle();
    expect((await call(path, { token: await tokenOf('ida') })).json.state).toBe('done');
    const unknown = '/v1/me/erasures/0199f2f0-0000-7000-8000-000000000000';
    expect((await call(`GET ${unknown}`, { token: await tokenOf('ida') })).status).toBe(404);
  });
});
