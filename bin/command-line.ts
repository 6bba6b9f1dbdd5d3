/** What was asked for on the command line and cannot be: its message is shown above how the command is used. */
export class UsageMistake extends Error {}

/** Whether something thrown is about how the command was called, by us or by `parseArgs`. */
export const isUsage = (thrown: unknown): boolean =>
  thrown instanceof UsageMistake || (thrown instanceof TypeError && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS'));

/** The first SIGINT or SIGTERM asks to stop after what is in hand; the second ends the process at once. */
export function stopOnSignals(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
  return stopping.signal;
}
