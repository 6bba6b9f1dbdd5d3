import type { Store } from '../store/store.ts';

/** How an embedded engine is started. */
export interface EngineProgram {
  /** How long it may take until it answers, in milliseconds. */
  readonly patience: number;
  /** @throws Problem if something that it needs is missing */
  command(store: Store, port: number): readonly string[];
  /** Carried out on the running engine, before anybody uses it. */
  prepare?(store: Store): void;
  /** Forgets stream records, as many as a start can wait for, where the engine keeps them for ever. @returns how many */
  trim?(store: Store, records: TrimmedRecords): number;
}

/** Records of a table's stream that nobody needs any more. */
export interface TrimmedRecords {
  readonly tableName: string;
  /** The sequence number of the first that may still be needed. */
  readonly before: string;
  /** Only what was written before this. */
  readonly olderThan: Date;
}
