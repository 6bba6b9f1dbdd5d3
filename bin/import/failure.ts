/** Something that ends an import and that its user can act upon: `message` is what they read, one line or a few, without a stack. */
export class ImportFailure extends Error {
  override readonly name = 'ImportFailure';
}

/** The import was asked to stop (SIGINT, SIGTERM); whatever had been answered by then is in the ledger. */
export class Stopped extends ImportFailure {}

/** The message of anything thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
