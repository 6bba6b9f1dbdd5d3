import { DatabaseSync } from 'node:sqlite';

/**
 * dynoxide 1.2.1 asks its table of stream records for the highest number at every write, and has no index for it: a write takes 2 ms
 * while the table is empty, 11 ms over 16,000 records, and so on. With this index it stays at 2 ms. SQLite lets two processes write.
 */
export function indexStreamRecords(database: string): void {
  const sqlite = new DatabaseSync(database, { timeout: 5000 });
  try {
    sqlite.exec('CREATE INDEX IF NOT EXISTS understory_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))');
  } finally {
    sqlite.close();
  }
}
