import { DatabaseSync } from 'node:sqlite';

/**
 * Carries out statements on the SQLite database of an engine, beside the running engine: SQLite lets two processes write.
 * @throws Error if the engine keeps it locked for five seconds
 */
export function onDatabase(path: string, statements: readonly string[]): void {
  const sqlite = new DatabaseSync(path, { timeout: 5000 });
  try {
    for (const statement of statements) sqlite.exec(statement);
  } finally {
    sqlite.close();
  }
}
