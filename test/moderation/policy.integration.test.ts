import { beforeAll, describe, expect, it } from 'vitest';
import { defaultPolicy } from '#moderation/rules/policy.ts';
import { call, type TestRequest } from '../support/call.ts';
import { moderate } from '../support/newsroom.ts';
import { expectProblem } from '../support/problem.ts';
import { createTable, scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

beforeAll(async () => {
  await createTable();
});

const put = async (body: unknown, headers: TestRequest['headers'] = {}) =>
  call('PUT /v1/moderation/policy', { token: await tokenOf('boss', ['admin']), body, headers });
const check = { name: 'tone', url: 'https://checks.example.org/tone' };
const get = () => moderate('/v1/moderation/policy');

describe('the policy', () => {
  it('is the default, version 0, before anybody has put one', async () => {
    const answer = await get();
    expect(answer).toMatchObject({ status: 200, json: { ...defaultPolicy, version: 0, updatedAt: null, updatedBy: null } });
    expect(answer.headers.etag).toMatch(/^"0\./);
    expect(await scanTable()).toEqual([]);
  });

  it('is not replaced without saying what it replaces', async () => {
    expectProblem(await put({}), 428, 'precondition-required');
    expectProblem(await put({}, { 'if-match': '"1"' }), 412, 'stale-revision');
    expect(await scanTable()).toEqual([]);
  });

  it('is put whole: what is left out has its default, and the version moves on', async () => {
    const answer = await put({ bannedPhrases: ['rotten'], links: { max: 0 } }, { 'if-match': (await get()).headers.etag ?? '' });
    const expected = { ...defaultPolicy, bannedPhrases: ['rotten'], links: { max: 0, action: 'hold' }, version: 1, updatedBy: 'boss' };
    expect(answer).toMatchObject({ status: 200, json: expected });
    expect((await get()).json).toEqual(answer.json);

    const next = await put({ mode: 'open' }, { 'if-match': '"1"' });
    expect(next.json).toMatchObject({ mode: 'open', bannedPhrases: [], links: { max: 2 }, version: 2 });
  });

  it('keeps its checks, with their defaults', async () => {
    const answer = await put({ checks: [check] }, { 'if-match': '*' });
    expect(answer).toMatchObject({ status: 200, json: { checks: [{ ...check, timeoutMs: 800, onFailure: 'hold' }] } });
    expect((await get()).json).toEqual(answer.json);
  });

  it('takes back the very document that was read', async () => {
    const { json, headers } = await get();
    const answer = await put(json, { 'if-match': String(headers.etag) });
    expect(answer).toMatchObject({ status: 200, json: { ...json, version: json.version + 1, updatedAt: expect.any(String) } });
  });

  it('is refused over a version that is not in force any more, and stays', async () => {
    const before = await scanTable();
    expectProblem(await put({}, { 'if-match': '"1"' }), 412, 'stale-revision');
    expect(await scanTable()).toEqual(before);
  });

  it('is put by one of many who replace the same version at once', async () => {
    const { version } = (await get()).json;
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => put({ maxLength: 100 + n }, { 'if-match': `"${version}"` })));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ status }) => status !== 200).every(({ status }) => status === 412 || status === 503)).toBe(true);
    expect((await get()).json).toEqual(won[0]?.json);
  });

  it('is 304 to a moderator who has it already', async () => {
    const { headers } = await get();
    const again = await moderate('/v1/moderation/policy', { headers: { 'if-none-match': String(headers.etag) } });
    expect(again).toMatchObject({ status: 304, headers: { 'cache-control': 'private, no-store' } });
  });

  it.each<[object, string]>([
    [{ bannedPhrase: ['x'] }, '/bannedPhrase'],
    [{ links: { maximum: 1 } }, '/links/maximum'],
    [{ capitals: { share: 2 } }, '/capitals/share'],
    [{ bannedPhrases: ['ok', '!!!'] }, '/bannedPhrases/1'],
    [{ mode: 'closed' }, '/mode'],
    [{ checks: [check, { ...check, name: 'other', url: 'tone' }] }, '/checks/1/url'],
    [{ checks: [{ ...check, url: 'http://checks.example.org' }] }, '/checks/0/url'],
    [{ checks: [check, check] }, '/checks/1/name'],
    [{ checks: [{ ...check, timeoutMs: 49 }] }, '/checks/0/timeoutMs'],
    [{ checks: [{ ...check, onFailure: 'ignore' }] }, '/checks/0/onFailure'],
    [{ checks: [{ ...check, timeout: 1 }] }, '/checks/0/timeout'],
  ])('is refused as 422 where it breaks a rule, and stays: %j', async (document, path) => {
    const before = await scanTable();
    const answer = await put(document, { 'if-match': '*' });
    expectProblem(answer, 422, 'invalid');
    expect(answer.json.errors).toMatchObject([{ path }]);
    expect(await scanTable()).toEqual(before);
  });
});
