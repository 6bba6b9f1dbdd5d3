/** Says what is being done. */
export type Progress = (doing: string) => void;

/** One measured figure, beside what it is measured against in the same run. */
export interface Figure {
  /** What was measured, as a row of the table says it. */
  readonly name: string;
  readonly unit: 'ms' | 'units' | 'bytes' | 'per second' | 'calls';
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
  /** The same measured beside it in the same run, interleaved. */
  readonly reference?: { readonly name: string; readonly median: number };
  /** What it may be at most, as the design says. */
  readonly budget?: number;
}
