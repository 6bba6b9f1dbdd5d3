import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { ImportFailure, messageOf } from './failure.ts';
import type { PageComment } from './page.ts';

const header = z.object({ kind: z.literal('import'), version: z.literal(1), articleId: z.string(), url: z.string() });
const entry = z
  .object({ kind: z.literal('comment'), position: z.int(), hash: z.string(), id: z.string() })
  .transform(({ position, hash, id }) => ({ position, hash, id }));

/** A comment that the server has: where it stands in the page, what was posted, and the id it got. */
export type LedgerEntry = z.infer<typeof entry>;

/** What an import knows to be posted: one JSON line for the import, then one for each comment in the page's order. */
export interface Ledger {
  readonly file: string;
  /** The server that the comments were posted to when the ledger was begun. */
  readonly url: string;
  readonly entries: readonly LedgerEntry[];
  /** Makes the file and its first line if they are not there. Needed before anything is appended; until then nothing is written. */
  begin(): Promise<void>;
  /** Resolves once the line is on the disk (fsync): from then on no crash loses it. */
  append(entry: LedgerEntry): Promise<void>;
  /** Renames the file, so that the next lines begin another one; resolves to its new name. */
  setAside(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Reads the ledger at `file`, if there is one. A last line that a crash left unfinished does not count.
 * Throws an {@link ImportFailure} if it is damaged elsewhere, or tells of another article or of other comments than `comments`.
 */
export async function openLedger(
  file: string,
  page: { articleId: string; url: string; comments: readonly PageComment[] },
): Promise<Ledger> {
  const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw new ImportFailure(`${file}: ${error.message}`, { cause: error });
  });
  const whole = content.subarray(0, content.lastIndexOf('\n') + 1);
  const found = readLines(file, whole.toString('utf8'));
  if (found) compare(file, found, page);
  refuseForeign(file, content.subarray(whole.length).toString('utf8'));
  const entries = found?.entries ?? [];
  let url = found && entries.length > 0 ? found.url : page.url;
  let handle: FileHandle | undefined;

  const write = async (line: object) => {
    if (!handle) throw new Error('a ledger is begun before it is written to');
    await handle.appendFile(`${JSON.stringify(line)}\n`);
    await handle.datasync();
  };
  return {
    file,
    get url() {
      return url;
    },
    entries,
    async begin() {
      handle = await openToAppend(file);
      await handle.truncate(entries.length === 0 ? 0 : whole.length);
      if (entries.length === 0) await write({ kind: 'import', version: 1, articleId: page.articleId, url });
    },
    async append(line) {
      await write({ kind: 'comment', ...line });
      entries.push(line);
    },
    async setAside() {
      const aside = `${file}.${new Date().toISOString().replace(/[:.]/g, '-')}.old`;
      await rename(file, aside);
      entries.length = 0;
      url = page.url;
      return aside;
    },
    async close() {
      await handle?.close();
    },
  };
}

async function openToAppend(file: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(file), { recursive: true });
    return await open(file, 'a');
  } catch (cause) {
    throw new ImportFailure(`${file} cannot be written: ${messageOf(cause)}`, { cause });
  }
}

function readLines(file: string, content: string): { articleId: string; url: string; entries: LedgerEntry[] } | undefined {
  const [first, ...rest] = content.split('\n').slice(0, -1);
  if (first === undefined) return undefined;
  return { ...parseLine(header, file, first, 1), entries: rest.map((line, index) => parseLine(entry, file, line, index + 2)) };
}

function parseLine<T extends z.ZodType>(schema: T, file: string, line: string, number: number): z.infer<T> {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw new ImportFailure(`${file}: line ${number} is not a line of an import's ledger. Mend it, or name another file with --state.`, {
      cause,
    });
  }
}

/** What follows the last whole line can be dropped only if it is the beginning of one of our own. */
function refuseForeign(file: string, torn: string): void {
  const beginning = '{"kind":"';
  if (torn.startsWith(beginning.slice(0, torn.length))) return;
  throw new ImportFailure(`${file}: this is not an import's ledger. Name another file with --state.`);
}

function compare(
  file: string,
  found: { articleId: string; entries: LedgerEntry[] },
  page: { articleId: string; comments: readonly PageComment[] },
): void {
  const wayOut = 'Import the file that it was begun with, or choose another article with --article, or another ledger with --state.';
  if (found.articleId !== page.articleId) {
    throw new ImportFailure(`${file}: this ledger is of the article ${found.articleId}, not ${page.articleId}. ${wayOut}`);
  }
  for (const [index, { position, hash }] of found.entries.entries()) {
    const comment = page.comments[index];
    if (position !== index)
      throw new ImportFailure(`${file}: line ${index + 2} is of comment ${position + 1}, not ${index + 1}. ${wayOut}`);
    if (!comment) throw new ImportFailure(`${file}: more comments were posted than the page holds (${page.comments.length}). ${wayOut}`);
    if (hash !== comment.hash) {
      throw new ImportFailure(
        `${file}: comment ${index + 1} (${comment.pointer}) was posted with another text, author or place. ${wayOut}`,
      );
    }
  }
}
