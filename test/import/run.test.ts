import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Stopped } from '../../bin/import/failure.ts';
import { subjectOf } from '../../bin/import/names.ts';
import { parsePage } from '../../bin/import/page.ts';
import { runImport } from '../../bin/import/run.ts';
import { startStub } from './stub-server.ts';

const said = (name: string, body: string, ...replies: object[]) => ({ author: { name }, body, replies });
const comments = [
  said('Ann', ' One, with a space before it'),
  said('Bob', 'Two', said('Ann', 'Two, replied'), said('Cem', 'Two, replied again')),
  said('Ann', 'The same'),
  said('Ann', 'The same'),
];
const page = parsePage({ article: { title: 'A story', publishedOn: '2024-06-14' }, comments }, 'page.json');
const posted = ['One, with a space before it', 'Two', 'Two, replied', 'Two, replied again', 'The same', 'The same'];

let stub: Awaited<ReturnType<typeof startStub>>;
let ledgerFile: string;
let lines: string[];
let slept: number[];

beforeEach(async () => {
  stub = await startStub();
  ledgerFile = join(await mkdtemp(join(tmpdir(), 'understory-import-')), 'story.jsonl');
  lines = [];
  slept = [];
});
afterEach(() => stub.stop());

/** Runs an import as the command does, but in time that passes only by sleeping. */
function run({ onAdvance = (_done: number): void => {}, stopping = new AbortController(), url = stub.url, of = page } = {}) {
  let now = Date.UTC(2026, 0, 1);
  return runImport({
    page: of,
    articleId: 'story',
    url,
    ledgerFile,
    sign: ({ sub, name, roles }) =>
      new SignJWT({ name, ...(roles && { roles }) }).setSubject(sub).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32)),
    progress: { start() {}, stop() {}, say: (line) => void lines.push(line), advance: (done) => onAdvance(done) },
    clock: {
      now: () => now,
      sleep: async (milliseconds) => {
        slept.push(milliseconds);
        now += milliseconds;
      },
    },
    signal: stopping.signal,
  });
}

const bodies = () => stub.comments.map(({ body }) => body);
const postsSeen = () => stub.seen.filter(({ method }) => method === 'POST');

describe('an import', () => {
  it('posts all comments in their order, by their authors, under their parents', async () => {
    const report = await run();
    expect(report).toMatchObject({ posted: 6, adopted: 0, already: 0, commentCount: 6, statuses: new Map([['approved', 6]]) });
    expect(bodies()).toEqual(posted);
    expect(stub.comments.map(({ author }) => author.name)).toEqual(['Ann', 'Bob', 'Ann', 'Cem', 'Ann', 'Ann']);
    expect(stub.comments[0]?.author.id).toBe(subjectOf('Ann'));
    const [, second, ...rest] = stub.comments;
    expect(rest.map(({ parentId }) => parentId)).toEqual([second?.id, second?.id, null, null]);
    expect(stub.articles.get('story')).toMatchObject({ title: 'A story', publishedAt: '2024-06-14T00:00:00.000Z' });
  });

  it('gives every comment an idempotency key of its own, the same in every run', async () => {
    await run();
    const keys = postsSeen().map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(6);
    for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]{1,64}$/);
    stub.articles.clear();
    stub.comments.length = 0;
    await run();
    expect(postsSeen().map(({ headers }) => headers['idempotency-key'])).toEqual([...keys, ...keys]);
  });

  it('run again does nothing and says so', async () => {
    await run();
    const report = await run();
    expect(report).toMatchObject({ posted: 0, already: 6, commentCount: 6, statuses: new Map([['approved', 6]]) });
    expect(lines.at(-1)).toMatch(/^Nothing to post/);
    expect(stub.posts).toBe(6);
    expect(stub.seen.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('continues after a server that died, on a connection that is refused until then', async () => {
    stub.mischief = (posts) => (posts > 3 ? 'lost request' : undefined);
    await expect(run()).rejects.toThrow(
      /^Comment 4 of 6 \(\/comments\/1\/replies\/1, by Cem\) is not posted\.\nThe connection to .* broke/,
    );
    const { url } = stub;
    await stub.stop();
    await expect(run()).rejects.toThrow(`Nothing answers at ${url}. Is Understory running? Start it with: npm start`);
    const revived = await startStub(Number(new URL(url).port));
    revived.comments.push(...stub.comments);
    for (const [id, article] of stub.articles) revived.articles.set(id, article);
    stub = revived;
    expect(await run()).toMatchObject({ posted: 3, adopted: 0, already: 3 });
    expect(bodies()).toEqual(posted);
  });

  it.each([1, 3, 5, 6])('adopts comment %i, which was stored although its answer was lost', async (lost) => {
    stub.mischief = (posts) => (posts === lost ? 'lost answer' : undefined);
    await expect(run()).rejects.toThrow(/broke/);
    expect(await run()).toMatchObject({ posted: 6 - lost, adopted: 1, already: lost - 1 });
    expect(bodies()).toEqual(posted);
  });

  it('adopts a comment that still waits for a moderator', async () => {
    stub.screen = ({ body }) => (body === 'Two, replied' ? 'held' : 'approved');
    stub.mischief = (posts) => (posts === 3 ? 'lost answer' : undefined);
    await expect(run()).rejects.toThrow(/broke/);
    expect(await run()).toMatchObject({
      posted: 3,
      adopted: 1,
      commentCount: 5,
      statuses: new Map([
        ['approved', 5],
        ['held', 1],
      ]),
    });
    expect(bodies()).toEqual(posted);
  });

  it('finds all that is there when the ledger is lost', async () => {
    await run();
    await writeFile(ledgerFile, '');
    expect(await run()).toMatchObject({ posted: 0, adopted: 6, already: 0 });
    expect(bodies()).toEqual(posted);
  });

  it('waits as long as Retry-After says, then posts the same comment', async () => {
    stub.mischief = (posts) => (posts === 2 ? { status: 429, headers: { 'retry-after': '7' } } : undefined);
    expect(await run()).toMatchObject({ posted: 6 });
    expect(slept).toContain(7_000);
    expect(lines).toContain('The server asks to wait 7 s.');
    expect(bodies()).toEqual(posted);
  });

  it('does not wait for an hour, nor for ever', async () => {
    stub.mischief = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    await expect(run()).rejects.toThrow(/The server asks to come back in 3600 s\./);
    expect(stub.posts).toBe(1);
    stub.mischief = () => ({ status: 503, headers: { 'retry-after': '1' } });
    await expect(run()).rejects.toThrow(/503 Refused/);
    expect(stub.posts).toBe(1 + 11);
  });

  it('tells the problem that the server tells, and of which comment', async () => {
    const problem = { title: 'Against the rules', detail: 'Too long', errors: [{ path: '/body', message: 'at most 5,000' }] };
    stub.mischief = (posts) => (posts === 2 ? { status: 422, problem } : undefined);
    await expect(run()).rejects.toThrow(
      /^Comment 2 of 6 \(\/comments\/1, by Bob\) is not posted\.\nPOST .*: 422 Against the rules; Too long; \/body at most 5,000 \(request request-1\)\n/,
    );
  });

  it('stops after the comment in flight', async () => {
    const stopping = new AbortController();
    const stopped = run({ stopping, onAdvance: (done) => done === 2 && stopping.abort() });
    await expect(stopped).rejects.toThrow(Stopped);
    await expect(stopped).rejects.toThrow('Stopped after comment 2 of 6. The same command goes on from there.');
    expect(await run()).toMatchObject({ posted: 4, already: 2 });
    expect(bodies()).toEqual(posted);
  });

  it('begins anew, and says so, when the server has lost the article', async () => {
    await run();
    const before = await readFile(ledgerFile, 'utf8');
    stub.articles.clear();
    stub.comments.length = 0;
    expect(await run()).toMatchObject({ posted: 6, already: 0 });
    const told = lines.find((line) => line.includes('beginning anew'));
    const [, aside = ''] = /kept as (\S+)$/.exec(told ?? '') ?? [];
    expect(await readFile(aside, 'utf8')).toBe(before);
  });

  it('leaves nothing on the disk when no server answers', async () => {
    await stub.stop();
    await expect(run()).rejects.toThrow(/^Nothing answers/);
    await expect(readFile(ledgerFile)).rejects.toThrow(/ENOENT/);
  });

  it('does not mix two servers in one ledger', async () => {
    await run();
    const other = await startStub();
    await expect(run({ url: other.url })).rejects.toThrow(/has no article story, and .* is of http.*name a second ledger with --state/);
    expect(other.posts).toBe(0);
    await other.stop();
  });

  it('does not post on where the article is known but its comments are not', async () => {
    await run();
    stub.comments.length = 0;
    await expect(run()).rejects.toThrow(/has the article story, but not the comments that .* tells of/);
    expect(stub.posts).toBe(6);
  });

  it('counts what is held, rejected and not shown', async () => {
    stub.screen = ({ body }) => ({ Two: 'approved', 'Two, replied': 'rejected', 'The same': 'held' })[body] ?? 'approved';
    await run();
    stub.comments.splice(0, 1);
    const statuses = new Map([
      ['approved', 2],
      ['rejected', 1],
      ['held', 2],
      ['not shown', 1],
    ]);
    expect(await run()).toMatchObject({ commentCount: 2, statuses });
  });

  it('stops waiting for a screening that does not end', async () => {
    stub.screen = () => 'pending';
    const flat = { ...page, comments: page.comments.slice(0, 2) };
    expect(await run({ of: flat })).toMatchObject({ posted: 2, statuses: new Map([['pending', 2]]), milliseconds: 30_000 });
  });

  it('is not led astray by a server that is not Understory', async () => {
    stub.mischief = () => ({ status: 200, problem: {} });
    await expect(run()).rejects.toThrow(/not as its contract says/);
  });
});
