import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../../bin/import/ledger.ts';
import { parsePage } from '../../bin/import/page.ts';

const pageOf = (...bodies: string[]) => {
  const comments = bodies.map((body) => ({ author: { name: 'Ann' }, body }));
  return { articleId: 'story', url: 'http://one', comments: parsePage({ article: { title: 'A story' }, comments }, 'page.json').comments };
};
const page = pageOf('first', 'second', 'third');
const entryOf = (position: number) => ({ position, hash: page.comments[position]!.hash, id: `id-${position}` });

let file: string;
beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'understory-ledger-')), 'imports', 'story.jsonl');
  const ledger = await openLedger(file, page);
  await ledger.begin();
  await ledger.append(entryOf(0));
  await ledger.append(entryOf(1));
  await ledger.close();
});

describe('openLedger', () => {
  it('knows what was appended before', async () => {
    const ledger = await openLedger(file, { ...page, url: 'http://two' });
    expect(ledger.entries).toEqual([entryOf(0), entryOf(1)]);
    expect(ledger.url).toBe('http://one');
    await ledger.close();
  });

  it('writes nothing before it is begun', async () => {
    const folder = join(dirname(file), 'new');
    const ledger = await openLedger(join(folder, 'story.jsonl'), page);
    await expect(ledger.append(entryOf(0))).rejects.toThrow(/begun before/);
    await ledger.close();
    expect(existsSync(folder)).toBe(false);
  });

  it('says that it cannot be written', async () => {
    const ledger = await openLedger(join(dirname(file), 'new.jsonl'), page);
    await mkdir(ledger.file);
    await expect(ledger.begin()).rejects.toThrow(/new\.jsonl cannot be written: EISDIR/);
  });

  it('drops a last line that was not finished, and goes on after the one before', async () => {
    const content = await readFile(file);
    await writeFile(file, content.subarray(0, content.length - 9));
    const ledger = await openLedger(file, page);
    expect(ledger.entries).toEqual([entryOf(0)]);
    await ledger.begin();
    await ledger.append(entryOf(1));
    await ledger.close();
    expect(await readFile(file)).toEqual(content);
  });

  it('begins again where even the first line was not finished', async () => {
    await writeFile(file, '{"kind":"imp');
    const ledger = await openLedger(file, page);
    expect(ledger.entries).toEqual([]);
    await ledger.begin();
    await ledger.close();
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(2);
  });

  it('is of the server that got the first comment, not of one that never answered', async () => {
    const empty = join(dirname(file), 'empty.jsonl');
    const unanswered = await openLedger(empty, page);
    await unanswered.begin();
    await unanswered.close();
    const ledger = await openLedger(empty, { ...page, url: 'http://two' });
    await ledger.begin();
    await ledger.append(entryOf(0));
    await ledger.close();
    const again = await openLedger(empty, page);
    expect([again.url, again.entries]).toEqual(['http://two', [entryOf(0)]]);
    await again.close();
  });

  it('refuses a ledger that is damaged before its last line, and leaves it as it is', async () => {
    const damaged = `${await readFile(file, 'utf8')}???\n${JSON.stringify({ kind: 'comment', ...entryOf(2) })}\n`;
    await writeFile(file, damaged);
    await expect(openLedger(file, page)).rejects.toThrow(/story\.jsonl: line 4 is not/);
    expect(await readFile(file, 'utf8')).toBe(damaged);
  });

  it.each(['{"article": {}}', 'notes'])('does not touch a file that is something else: %s', async (content) => {
    await writeFile(file, content);
    await expect(openLedger(file, page)).rejects.toThrow(/story\.jsonl: this is not an import's ledger/);
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  it('refuses to continue another page', async () => {
    await expect(openLedger(file, pageOf('first', 'changed', 'third'))).rejects.toThrow(
      /comment 2 \(\/comments\/1\) was posted with another/,
    );
    await expect(openLedger(file, pageOf('first'))).rejects.toThrow(/more comments were posted than the page holds \(1\)/);
    await expect(openLedger(file, { ...page, articleId: 'other' })).rejects.toThrow(/of the article story, not other/);
    await appendFile(file, `${JSON.stringify({ kind: 'comment', ...entryOf(1) })}\n`);
    await expect(openLedger(file, page)).rejects.toThrow(/line 4 is of comment 2, not 3/);
  });

  it('continues a page to which comments were added', async () => {
    const ledger = await openLedger(file, pageOf('first', 'second', 'third', 'fourth'));
    expect(ledger.entries).toHaveLength(2);
    await ledger.close();
  });

  it('keeps the old lines aside when it begins anew', async () => {
    const before = await readFile(file, 'utf8');
    const ledger = await openLedger(file, { ...page, url: 'http://two' });
    const aside = await ledger.setAside();
    await ledger.begin();
    await ledger.append({ ...entryOf(0), id: 'new' });
    await ledger.close();
    expect(await readFile(aside, 'utf8')).toBe(before);
    const again = await openLedger(file, page);
    expect([again.url, again.entries]).toEqual(['http://two', [{ ...entryOf(0), id: 'new' }]]);
    await again.close();
  });
});
