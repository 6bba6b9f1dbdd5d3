import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Store } from '../store/store.ts';
import { onDatabase } from './database.ts';
import type { EngineProgram } from './engine-program.ts';

const version = '1.2.1';
const database = 'store.db';

/**
 * dynoxide 1.2.1 asks its table of stream records for the highest number at every write, and has no index for it: a write takes 2 ms
 * while the table is empty, 11 ms over 16,000 records, and so on. With this index it stays at 2 ms.
 */
const streamOrder = 'CREATE INDEX IF NOT EXISTS understory_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))';

/**
 * Records that one transaction trims, and how long those of a table may take, in milliseconds: a start waits for it. That is some 25,000, more
 * than most days have; what is left over is for the next start.
 */
const trimmedAtOnce = 1000;
const longestTrimming = 250;

/** The oldest records are looked at: behind them there is none to trim if one of them is too young. The last stays, for the next has its number and one. */
const trimming = `DELETE FROM _stream_records WHERE id IN (
  SELECT id FROM (
    SELECT id, created_at FROM _stream_records
    WHERE table_name = :table AND CAST(sequence_number AS INTEGER) < MIN(
      CAST(:before AS INTEGER),
      (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table)
    )
    ORDER BY CAST(sequence_number AS INTEGER) LIMIT ${trimmedAtOnce}
  ) WHERE created_at < :time
)`;

/** dynoxide: DynamoDB with streams and transactions on one SQLite file. */
export const dynoxide: EngineProgram = {
  // npx may first have to download it.
  patience: binary() === undefined ? 120_000 : 10_000,
  command: (store, port) => [
    ...(binary() ?? ['npx', '--yes', `dynoxide@${version}`]),
    ...['serve', '--port', String(port), '--db-path', join(store.folder('dynoxide'), database)],
  ],
  prepare: (store) => onDatabase(fileOf(store), (sqlite) => sqlite.exec(streamOrder)),
  /** dynoxide 1.2.1 keeps every record: of a store with a million comments they are two thirds, and DescribeStream goes through all of them. */
  trim: (store, { tableName, before, olderThan }) =>
    onDatabase(fileOf(store), (sqlite) => {
      const statement = sqlite.prepare(trimming);
      const records = { table: tableName, before, time: Math.floor(olderThan.getTime() / 1000) };
      let trimmed = 0;
      for (const until = performance.now() + longestTrimming; performance.now() < until; ) {
        const changes = Number(statement.run(records).changes);
        trimmed += changes;
        if (changes < trimmedAtOnce) break;
      }
      return trimmed;
    }),
};

const fileOf = (store: Store) => join(store.folder('dynoxide'), database);

/** The binary that npm installed for this platform, where there is one. */
function binary(): [string] | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    return [join(dirname(manifest), 'dynoxide')];
  } catch {
    return undefined;
  }
}
