import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { onDatabase } from './database.ts';
import type { EngineProgram } from './engine-program.ts';

const version = '1.2.1';
const database = 'store.db';

/**
 * dynoxide 1.2.1 asks its table of stream records for the highest number at every write, and has no index for it: a write takes 2 ms
 * while the table is empty, 11 ms over 16,000 records, and so on. With this index it stays at 2 ms.
 */
const streamOrder = 'CREATE INDEX IF NOT EXISTS understory_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))';

/** dynoxide: DynamoDB with streams and transactions on one SQLite file. */
export const dynoxide: EngineProgram = {
  // npx may first have to download it.
  patience: binary() === undefined ? 120_000 : 10_000,
  command: (store, port) => [
    ...(binary() ?? ['npx', '--yes', `dynoxide@${version}`]),
    ...['serve', '--port', String(port), '--db-path', join(store.folder('dynoxide'), database)],
  ],
  prepare: (store) => onDatabase(join(store.folder('dynoxide'), database), [streamOrder]),
};

/** The binary that npm installed for this platform, where there is one. */
function binary(): [string] | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`);
    return [join(dirname(manifest), 'dynoxide')];
  } catch {
    return undefined;
  }
}
