/** Something that whoever started the runtime can mend: shown as its message alone, never with a stack. */
export class Problem extends Error {
  override readonly name = 'Problem';
}

/** The code of a Node.js system error (`ENOENT`, `EADDRINUSE`), if it is one. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What an error says, in one line. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
