import { engineClients } from '../local/engine/clients.ts';
import { startEngine } from '../local/engine/engine.ts';
import { ensureTable } from '../local/engine/tables.ts';
import { openStore } from '../local/store/store.ts';
import { declaredTable } from '../test/support/declared-table.ts';
import { functionEnvironment } from '../test/support/function-environment.ts';
import { startSecrets } from '../test/support/secrets.ts';
import { temporaryDirectory, undoable } from './undo.ts';

const tableName = 'bench';

/** A table that is there until it is closed. */
export interface OpenTable {
  readonly streamArn: string;
  /** Ends the engine and deletes the table. */
  close(): Promise<void>;
}

/**
 * Starts an engine with the table that the stack declares, and tells the functions of this process where it is: import
 * them afterwards.
 */
export async function openTable(engineName: string, onProblem: (line: string) => void): Promise<OpenTable> {
  const directory = temporaryDirectory('bench');
  const store = openStore({ directory: directory.path, fresh: true });
  const forget = async () => {
    store.release();
    await directory.remove();
  };
  const engine = await startEngine(engineName, store, onProblem).catch(async (error: unknown) => {
    await forget();
    throw error;
  });
  const secrets = await startSecrets();
  const environment = functionEnvironment(engine.url, secrets.url, tableName);
  Object.assign(process.env, environment);
  const clients = engineClients(engine.url, environment.AWS_REGION ?? 'local');
  const streamArn = await ensureTable(clients.tables, { ...declaredTable(), name: tableName });
  clients.destroy();
  if (streamArn === undefined) throw new Error('the table has no stream');
  return {
    streamArn,
    close: undoable(async () => {
      await Promise.all([engine.stop(), secrets.close()]);
      await forget();
    }),
  };
}
