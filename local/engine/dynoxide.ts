import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EngineProgram } from './engine-program.ts';
import { indexStreamRecords } from './stream-records.ts';

const version = '1.2.1';
const database = 'store.db';

/** dynoxide: DynamoDB with streams and transactions on one SQLite file. */
export const dynoxide: EngineProgram = {
  // npx may first have to download it.
  patience: binary() === undefined ? 120_000 : 10_000,
  command: (store, port) => [
    ...(binary() ?? ['npx', '--yes', `dynoxide@${version}`]),
    ...['serve', '--port', String(port), '--db-path', join(store.folder('dynoxide'), database)],
  ],
  prepare: (store) => indexStreamRecords(join(store.folder('dynoxide'), database)),
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
