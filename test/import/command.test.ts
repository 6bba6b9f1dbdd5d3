import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startStub } from './stub-server.ts';

const command = resolve(import.meta.dirname, '../../bin/import.ts');

/** Runs the command in a folder of its own that holds a small page. */
async function run(...given: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const cwd = await mkdtemp(join(tmpdir(), 'understory-command-'));
  await writeFile(
    join(cwd, 'page.json'),
    JSON.stringify({ article: { title: 'A story' }, comments: [{ author: { name: 'Ann' }, body: 'One' }] }),
  );
  const { promise, resolve: done } = Promise.withResolvers<{ code: number; stdout: string; stderr: string }>();
  execFile(process.execPath, [command, ...given], { cwd }, (error, stdout, stderr) =>
    done({ code: Number(error?.code ?? 0), stdout, stderr }),
  );
  return promise;
}

describe('npm run import', () => {
  it('posts a page and reports, with exit code 0', async () => {
    const stub = await startStub();
    const { code, stdout, stderr } = await run('page.json', '--url', `${stub.url}/`);
    await stub.stop();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('1/1 comments\n');
    expect(stdout).toContain(`${stub.url}/v1/articles/a-story/comments?view=flat\n`);
    expect(stub.comments.map(({ body }) => body)).toEqual(['One']);
  });

  it('explains itself', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('npm run import -- FILE') });
  });

  it.each([
    [],
    ['a.json', 'b.json'],
    ['--nope', 'page.json'],
    ['page.json', '--url', 'here'],
    ['page.json', '--article', 'a/b'],
    ['page.json', '--article', '..'],
  ])('ends with 2 on wrong usage (%#)', async (...given) => {
    expect(await run(...given)).toMatchObject({ code: 2, stderr: expect.stringContaining('npm run import -- FILE') });
  });

  it('ends with 1 and one line when it cannot go on', async () => {
    const missing = await run('nowhere.json');
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringMatching(/^\S+nowhere\.json: there is no such file\n$/) });
    const stub = await startStub();
    await stub.stop();
    const stderr = `Nothing answers at ${stub.url}. Is Understory running? Start it with: npm start\n`;
    expect(await run('page.json', '--url', stub.url)).toMatchObject({ code: 1, stderr });
  });
});
