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
  /** What else there is to say of it. */
  readonly note?: string;
  /** What it may be at most, as the design says. */
  readonly budget?: number;
  /** What it has to be at least, as the design says. */
  readonly atLeast?: number;
}

/** Whether a figure keeps to its budget. */
export const isMet = ({ median, budget = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY }: Figure): boolean =>
  median <= budget && median >= atLeast;
