import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { startEngine } from '../../local/engine/engine.ts';
import { openStore } from '../../local/store/store.ts';

/** What an engine asks of its stream's records at every call, or every read of a stream; where, and by which index it is answered. */
const asked = {
  dynoxide: {
    database: 'dynoxide/store.db',
    queries: [['understory_stream_order', "SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = 'any'"]],
  },
  'dynamodb-local': {
    database: 'dynamodb-local/shared-local-instance.db',
    queries: [
      ['understory_stream_order', "SELECT MIN(SequenceNumber) FROM us WHERE StreamID = 'any'"],
      [
        'understory_shard_order',
        "SELECT SequenceNumber FROM us WHERE ShardID = 'a' AND CreationDateTime >= 1 ORDER BY SequenceNumber LIMIT 1",
      ],
      ['understory_shard_order', "SELECT SequenceNumber FROM us WHERE ShardID = 'any' ORDER BY SequenceNumber DESC LIMIT 1"],
    ],
  },
} as const;
const engine = (process.env.TEST_ENGINE ?? 'dynoxide') as keyof typeof asked;

it('an engine finds the ends of a stream by an index, after a restart too', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'understory-engine-'));
  const store = openStore({ directory, fresh: true });
  try {
    for (let start = 0; start < 2; start += 1) {
      const running = await startEngine(engine, store, () => undefined);
      const sqlite = new DatabaseSync(join(directory, asked[engine].database), { readOnly: true, timeout: 5_000 });
      const { queries } = asked[engine];
      const plans = queries.map(([, query]) => sqlite.prepare(`EXPLAIN QUERY PLAN ${query}`).all());
      sqlite.close();
      await running.stop();
      const found = plans.map((steps) => steps.map(({ detail }) => String(detail)).join());
      expect(found).toEqual(queries.map(([index]) => expect.stringContaining(` INDEX ${index} `)));
    }
  } finally {
    store.release();
    rmSync(directory, { recursive: true, force: true });
  }
});
