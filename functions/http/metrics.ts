/** Figures that become metrics: each by its name, under one dimension. Names and values of dimensions are few and known. */
export interface Measured {
  by: { Route: string } | { Work: 'settling' | 'announcing' | 'recounting' | 'queues' } | { Function: string };
  /** A number, or up to a hundred. What was not measured is left out. */
  values: Readonly<Record<string, number | readonly number[] | undefined>>;
}

/**
 * What a line of the log carries for CloudWatch to make metrics of it ("Specification: Embedded metric format", Amazon CloudWatch
 * User Guide): no call and no second line. `at` is milliseconds since 1970.
 */
export function embedMetrics(measured: readonly Measured[], at: number): Record<string, unknown> {
  const present = measured
    .map(({ by, values }) => ({ by, values: Object.fromEntries(Object.entries(values).filter(([, value]) => isMeasured(value))) }))
    .filter(({ values }) => Object.keys(values).length > 0);
  if (present.length === 0) return {};
  const directives = present.map(({ by, values }) => ({
    Namespace: namespace,
    Dimensions: [Object.keys(by)],
    Metrics: Object.keys(values).map((Name) => ({ Name, Unit: unitOf(Name) })),
  }));
  return {
    _aws: { Timestamp: at, CloudWatchMetrics: directives },
    ...Object.assign({}, ...present.flatMap(({ by, values }) => [by, values])),
  };
}

/** Request units by where they were consumed, the table or one of its indexes, for the function that this is. */
export const consumption = (consumed: Readonly<Record<string, number>>): Measured => ({
  by: { Function: functionName },
  values: Object.fromEntries(Object.entries(consumed).map(([place, units]) => [`${capitalised(place)}Units`, units])),
});

/** A name as metrics are written. */
export const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const isMeasured = (value: number | readonly number[] | undefined) => (Array.isArray(value) ? value.length > 0 : value !== undefined);

const unitOf = (name: string): string => (milliseconds.has(name) ? 'Milliseconds' : 'Count');
const milliseconds = new Set(['Latency', 'SettleLag']);

/** Stages keep apart by their namespace, see `lib/monitoring.ts`. */
const namespace = process.env.METRICS_NAMESPACE ?? 'Understory';
const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'unknown';
