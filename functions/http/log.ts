import { consumption, embedMetrics, type Measured } from './metrics.ts';

/** What every request leaves behind: one structured line. Never a token, a comment's text or an address. */
export interface RequestLine {
  requestId: string;
  /** As the route table has it, never the path that was asked for. */
  route: string;
  status: number;
  latencyMs: number;
  /** Request units consumed, in all and by table and index, and SDK calls made. */
  units: number;
  consumed: Readonly<Record<string, number>>;
  calls: number;
}

/** Logs a request; what has a capital letter in the line is a metric, or what it is measured by. */
export function logRequest({ requestId, route, status, latencyMs, units, consumed, calls }: RequestLine): void {
  if (!informs) return;
  const values = { Latency: latencyMs, Units: units, Faults: status >= 500 ? 1 : undefined };
  writeMeasured({ message: 'request', requestId, status, calls }, [{ by: { Route: route }, values }, consumption(consumed)]);
}

/** Logs an unexpected error with its chain of causes, and the route where it was a request; the caller only ever sees the request id. */
export function logError(message: string, requestId: string, error: unknown, route?: string): void {
  if (level !== 'FATAL') write({ level: 'ERROR', message, requestId, route, error: describe(error) });
}

/** Logs figures of one kind of work, for example what a batch settled, and those of them that are metrics. */
export function logFigures(
  message: string,
  figures: Readonly<Record<string, number | Readonly<Record<string, number>>>>,
  measured: readonly Measured[] = [],
): void {
  if (informs) writeMeasured({ message, ...figures }, measured);
}

/** Lambda sets this from the function's logging configuration; it filters only what is written with a level of its own. */
const level = process.env.AWS_LAMBDA_LOG_LEVEL ?? 'INFO';
const informs = !['WARN', 'ERROR', 'FATAL'].includes(level);

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: describe(cause) }) };
}

function writeMeasured(line: object, measured: readonly Measured[]): void {
  write({ level: 'INFO', ...line, ...embedMetrics(measured, Date.now()) });
}

/** One line to standard output, where Lambda collects it. */
function write(line: object): void {
  process.stdout.write(`${JSON.stringify({ timestamp: new Date().toISOString(), ...line })}\n`);
}
