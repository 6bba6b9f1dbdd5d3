import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { ImportFailure, messageOf } from './failure.ts';
import { fingerprint } from './names.ts';

const text = z.string().refine((value) => value.trim() !== '', 'must not be empty');
const section = z.object({ heading: z.string().optional(), paragraphs: z.array(z.string()) });
const article = z.object({
  title: text,
  author: text.optional(),
  publishedOn: z.iso.date().optional(),
  section: text.optional(),
  url: z.url().optional(),
  body: z.array(section).default([]),
});
const frame = z.object({
  article,
  displayedCommentCount: z.int().nonnegative().optional(),
  comments: z.array(z.unknown()),
});
// Replies are validated one by one as they are reached, not by a recursive schema: nesting has no limit, the call stack has.
const comment = z.object({
  author: z.object({ name: text }),
  postedOn: z.iso.date().optional(),
  body: text,
  replies: z.array(z.unknown()).default([]),
});

/** One comment of the page, in the order of posting. */
export interface PageComment {
  readonly position: number;
  /** Where the file holds it (RFC 6901). */
  readonly pointer: string;
  readonly author: string;
  readonly body: string;
  /** The position of the comment that this one replies to; always a smaller one. */
  readonly parent: number | undefined;
  /** Fingerprint of author, parent and text: whether two runs mean the same comment. */
  readonly hash: string;
}

export interface Page {
  readonly article: z.infer<typeof article>;
  readonly displayedCommentCount: number | undefined;
  /** In the file's order, each comment before its replies. */
  readonly comments: readonly PageComment[];
}

/** Reads a page from a JSON file. Throws an {@link ImportFailure} that names the file and, for a mistake in it, its JSON Pointers. */
export async function readPage(file: string): Promise<Page> {
  const content = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reasons: Record<string, string> = {
      ENOENT: 'there is no such file',
      EISDIR: 'this is a directory',
      EACCES: 'not allowed to read it',
    };
    throw new ImportFailure(`${file}: ${reasons[cause.code ?? ''] ?? cause.message}`, { cause });
  });
  let data: unknown;
  try {
    data = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new ImportFailure(`${file}: not JSON: ${messageOf(cause)}`, { cause });
  }
  return parsePage(data, file);
}

/** Validates and flattens what a file held; `file` is only named in mistakes. */
export function parsePage(data: unknown, file: string): Page {
  const { article, displayedCommentCount, comments } = parse(frame, data, '', file);
  return { article, displayedCommentCount, comments: flatten(comments, file) };
}

function flatten(roots: unknown[], file: string): PageComment[] {
  const flat: PageComment[] = [];
  const waiting: { raw: unknown; pointer: string; parent: number | undefined }[] = [];
  const push = (raws: unknown[], pointer: string, parent: number | undefined) => {
    for (const [index, raw] of [...raws.entries()].reverse()) waiting.push({ raw, pointer: `${pointer}/${index}`, parent });
  };
  push(roots, '/comments', undefined);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { author, body, replies } = parse(comment, next.raw, next.pointer, file);
    const name = author.name.trim();
    const hash = fingerprint(32, name, next.parent ?? -1, body);
    push(replies, `${next.pointer}/replies`, flat.length);
    flat.push({ position: flat.length, pointer: next.pointer, author: name, body, parent: next.parent, hash });
  }
  return flat;
}

function parse<T extends z.ZodType>(schema: T, data: unknown, at: string, file: string): z.infer<T> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map(({ path, message }) => `${at}${pointerOf(path)} ${message}`);
  throw new ImportFailure(mistakes.map((mistake) => `${file}: ${mistake.trimStart()}`).join('\n'));
}

// RFC 6901, section 3: "~" is written "~0" and "/" is written "~1".
const pointerOf = (path: PropertyKey[]): string => path.map((step) => `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
