import { DatabaseSync } from 'node:sqlite';

/**
 * Works on the SQLite database of an engine, beside the running engine: SQLite lets two processes write.
 * @throws Error if the engine keeps it locked for five seconds
 */
export function onDatabase<T>(path: string, work: (sqlite: DatabaseSync) => T): T {
  const sqlite = new DatabaseSync(path, { timeout: 5000 });
  try {
    return work(sqlite);
  } finally {
    sqlite.close();
  }
}
