import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import packed, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Where Chromium and Chrome are usually installed. */
const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const flags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
];

/**
 * Starts a headless browser: the one that `CHROMIUM_PATH` names, or one that is installed, or the one that npm has brought
 * (for Linux on x64).
 *
 * @returns `undefined`, and one line on stderr, where none starts: what needs it is then left out
 * @throws Error where none starts and `CI` is set: there nothing may be left out
 */
export async function openBrowser(): Promise<Browser | undefined> {
  const reasons: string[] = [];
  for (const find of finders()) {
    try {
      const { executablePath, env } = await find();
      return await chromium.launch({ executablePath, args: flags, env: { ...process.env, ...env }, timeout: 20_000 });
    } catch (error) {
      reasons.push(firstLine(error));
    }
  }
  const message = `no browser starts; set CHROMIUM_PATH to one (${reasons.join('; ')})`;
  if (process.env.CI) throw new Error(message);
  process.stderr.write(`Tests are left out: ${message}\n`);
  return undefined;
}

interface Found {
  executablePath: string;
  env?: Record<string, string>;
}

function finders(): (() => Found | Promise<Found>)[] {
  const named = process.env.CHROMIUM_PATH;
  if (named) return [() => ({ executablePath: named })];
  return [...usual.filter((path) => existsSync(path)).map((executablePath) => () => ({ executablePath })), unpacked];
}

/**
 * The browser of the npm package, which is unpacked once, beside the package, so that another version is never mistaken
 * for it. The package itself would unpack into the machine's temporary folder, where others that start at the same time
 * find half a program: here the whole folder is renamed at the end.
 */
async function unpacked(): Promise<Found> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('npm brings one for Linux on x64 only');
  const root = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
  const folder = join(root, 'unpacked');
  if (!existsSync(folder)) await unpack(root, folder);
  // The libraries that a machine without a desktop lacks come with it.
  return { executablePath: join(folder, 'chromium'), env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib') } };
}

async function unpack(root: string, folder: string): Promise<void> {
  const started = await mkdtemp(`${folder}-`);
  try {
    await unpackInto(started, root);
    await rename(started, folder);
  } catch (error) {
    await rm(started, { recursive: true, force: true });
    // Whoever comes second finds the folder taken, and the same in it.
    if (!existsSync(folder)) throw error;
  }
}

/** The package knows no other place than the temporary folder. */
async function unpackInto(folder: string, root: string): Promise<void> {
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await Promise.all([packed.executablePath(), inflate(join(root, 'bin/al2023.tar.br'))]);
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
}

const firstLine = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
