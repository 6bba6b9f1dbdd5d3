import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePage, readPage } from '../../bin/import/page.ts';

const sample = resolve(import.meta.dirname, '../../../shared/data/ceasefire-article.json');
const article = { title: 'A story' };
const said = (body: string, ...replies: object[]) => ({ author: { name: 'Ann' }, body, replies });

describe('reading a page', () => {
  it('finds the 18 comments of the sample page in their order', async () => {
    const page = await readPage(sample).catch((error: Error) => {
      throw new Error(`The sample page is needed beside the project, at ../shared/data: ${error.message}`);
    });
    expect(page.comments).toHaveLength(18);
    expect(page.displayedCommentCount).toBe(18);
    expect(page.article.publishedOn).toBe('2024-06-14');
    expect(page.article.body).toHaveLength(6);
    expect(page.comments.map(({ position }) => position)).toEqual([...Array(18).keys()]);
    expect(page.comments.slice(0, 3).map(({ author }) => author)).toEqual(['Chris Ward', 'Heather Stoelting', 'Travis Cossairt']);
    expect(page.comments.at(-1)?.author).toBe('hg gay');
    expect(page.comments[9]?.body).toMatch(/^😂 The moment they start talking about “peace”/);
  });

  it('puts a comment before its replies, and these before the next comment', () => {
    const comments = [said('1', said('1.1', said('1.1.1')), said('1.2')), said('2')];
    const flat = parsePage({ article, comments }, 'page.json').comments;
    expect(flat.map(({ body, parent }) => [body, parent])).toEqual([
      ['1', undefined],
      ['1.1', 0],
      ['1.1.1', 1],
      ['1.2', 0],
      ['2', undefined],
    ]);
    expect(flat[2]?.pointer).toBe('/comments/0/replies/0/replies/0');
  });

  it('follows replies as deep as they go', () => {
    let thread = said('deepest');
    for (let depth = 0; depth < 20_000; depth += 1) thread = said('above', thread);
    const flat = parsePage({ article, comments: [thread] }, 'page.json').comments;
    expect(flat.at(-1)).toMatchObject({ body: 'deepest', parent: 19_999 });
  });

  it('tells the same text by another author, or elsewhere, apart', () => {
    const comments = [said('Yes', said('Yes')), { author: { name: 'Bob' }, body: 'Yes' }];
    const hashes = parsePage({ article, comments }, 'page.json').comments.map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(3);
  });

  it.each([
    [{ article: {}, comments: [] }, /^page\.json: \/article\/title /],
    [{ article: { ...article, publishedOn: 'June' }, comments: [] }, /^page\.json: \/article\/publishedOn /],
    [{ article, comments: [said('1', said('1.1'), said('  '))] }, /^page\.json: \/comments\/0\/replies\/1\/body must not be empty$/],
    [{ article, comments: [{ author: {}, body: 'x' }] }, /^page\.json: \/comments\/0\/author\/name /],
    [[], /^page\.json: /],
  ])('names the place of a mistake (%#)', (data, message) => {
    expect(() => parsePage(data, 'page.json')).toThrow(message);
  });

  it('says in one line what is wrong with the file itself', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'understory-page-'));
    const file = join(directory, 'page.json');
    await expect(readPage(file)).rejects.toThrow(`${file}: there is no such file`);
    await expect(readPage(directory)).rejects.toThrow(`${directory}: this is a directory`);
    await writeFile(file, '<html>');
    await expect(readPage(file)).rejects.toThrow(/page\.json: not JSON: [^\n]+$/);
    await writeFile(file, `\uFEFF${JSON.stringify({ article, comments: [said('1')] })}`);
    expect((await readPage(file)).comments).toHaveLength(1);
  });
});
