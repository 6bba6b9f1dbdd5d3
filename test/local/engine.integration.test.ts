import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { startEngine } from '../../local/engine/engine.ts';
import { openStore } from '../../local/store/store.ts';

/** What an engine asks of its stream's records at every call, and where. */
const asked = {
  dynoxide: {
    database: 'dynoxide/store.db',
    query: `SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = 'any'`,
  },
  'dynamodb-local': {
    database: 'dynamodb-local/shared-local-instance.db',
    query: `SELECT MIN(SequenceNumber) FROM us WHERE StreamID = 'any'`,
  },
};
const engine = (process.env.TEST_ENGINE ?? 'dynoxide') as keyof typeof asked;

it('an engine finds the end of a stream by an index, after a restart too', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'understory-engine-'));
  const store = openStore({ directory, fresh: true });
  try {
    for (let start = 0; start < 2; start += 1) {
      const running = await startEngine(engine, store, () => undefined);
      const sqlite = new DatabaseSync(join(directory, asked[engine].database), { readOnly: true, timeout: 5_000 });
      const plan = sqlite.prepare(`EXPLAIN QUERY PLAN ${asked[engine].query}`).all();
      sqlite.close();
      await running.stop();
      expect(plan.map(({ detail }) => String(detail)).join()).toContain('understory_stream_order');
    }
  } finally {
    store.release();
    rmSync(directory, { recursive: true, force: true });
  }
});
