import { join } from 'node:path';
import { functionEnvironment } from '../../test/support/function-environment.ts';
import { runScript } from '../load/child.ts';
import type { RuntimeProcess } from '../load/runtime-process.ts';

/** What tells functions in a process of their own that their table is that of the runtime. */
export const environmentOf = ({ engineUrl, tableName }: RuntimeProcess) => functionEnvironment(engineUrl, '', tableName);

/** Pages per second of the function by itself, and of the bare SDK, on the table and the engine of the runtime. */
export async function readPages(
  runtime: RuntimeProcess,
  path: string,
  cursors: readonly string[],
  rounds: number,
): Promise<Record<'ours' | 'bare', number[]>> {
  const PAGES = JSON.stringify(cursors.slice(0, 300).map((cursor) => ({ cursor })));
  const environment = { ...environmentOf(runtime), PAGES };
  const said = await runScript([join(import.meta.dirname, '../load/read-pages.ts'), String(rounds), path], environment);
  return JSON.parse(said);
}
