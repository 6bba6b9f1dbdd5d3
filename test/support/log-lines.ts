import { vi } from 'vitest';

/** A line of the log, read. */
// biome-ignore lint/suspicious/noExplicitAny: a line has whatever fields its message has
export type LogLine = Record<string, any>;

/**
 * Collects what a test file logs from now on, instead of printing it; gives the lines since the last call. Functions decide when
 * they are loaded whether they log at all: set `AWS_LAMBDA_LOG_LEVEL` to `INFO` before they are imported (`vi.hoisted`).
 */
export function collectLines(): () => LogLine[] {
  const lines: LogLine[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(
      ...String(chunk)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
    return true;
  });
  return () => lines.splice(0);
}

/** The metrics that CloudWatch makes of a line: each by its name, with its unit, dimensions and value. */
export function metricsOf({
  _aws: embedded,
  ...line
}: LogLine): Record<string, { value: unknown; unit: string; by: object; namespace: string }> {
  // biome-ignore lint/suspicious/noExplicitAny: as CloudWatch reads it
  const directives: any[] = embedded?.CloudWatchMetrics ?? [];
  return Object.fromEntries(
    directives.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Metrics.map(({ Name, Unit }: { Name: string; Unit: string }) => {
        const by = Object.fromEntries(Dimensions[0].map((name: string) => [name, line[name]]));
        return [Name, { value: line[Name], unit: Unit, by, namespace: Namespace }];
      }),
    ),
  );
}
