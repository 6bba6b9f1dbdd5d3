/** What every request leaves behind: one structured line. Never a token, a comment's text or an address. */
export interface RequestLine {
  requestId: string;
  route: string;
  status: number;
  durationMs: number;
  /** Request units consumed, and SDK calls made. */
  units: number;
  calls: number;
}

export function logRequest(line: RequestLine): void {
  if (informs) write({ level: 'INFO', message: 'request', ...line });
}

/** Logs an unexpected error with its chain of causes; the caller only ever sees the request id. */
export function logError(message: string, requestId: string, error: unknown): void {
  if (level !== 'FATAL') write({ level: 'ERROR', message, requestId, error: describe(error) });
}

/** Logs figures of one kind of work, for example what a batch settled. */
export function logFigures(message: string, figures: Record<string, number>): void {
  if (informs) write({ level: 'INFO', message, ...figures });
}

/** Lambda sets this from the function's logging configuration; it filters only what is written with a level of its own. */
const level = process.env.AWS_LAMBDA_LOG_LEVEL ?? 'INFO';
const informs = !['WARN', 'ERROR', 'FATAL'].includes(level);

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: describe(cause) }) };
}

/** One line to standard output, where Lambda collects it. */
function write(line: object): void {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...line })}\n`);
}
