import type { Store } from '../store/store.ts';

/** How an embedded engine is started. */
export interface EngineProgram {
  /** How long it may take until it answers, in milliseconds. */
  readonly patience: number;
  /** @throws Problem if something that it needs is missing */
  command(store: Store, port: number): readonly string[];
  /** Carried out on the running engine, before anybody uses it. */
  prepare?(store: Store): void;
}
