import { table } from '#table/client.ts';

/** What the store says that a piece of work consumed. */
export interface Units {
  read: number;
  write: number;
  /** SDK calls, by the name of their command, in their order. */
  calls: string[];
}

interface Command {
  constructor: { name: string };
}
type Capacity = { CapacityUnits?: number };

const reads = new Set(['GetCommand', 'BatchGetCommand', 'QueryCommand', 'ScanCommand', 'TransactGetCommand']);

/** Adds up the request units of every call to the table while `work` runs, whoever made it. */
export async function unitsOf(work: () => Promise<unknown>): Promise<Units> {
  const units: Units = { read: 0, write: 0, calls: [] };
  const send = table.send.bind(table) as (command: Command) => Promise<{ ConsumedCapacity?: Capacity | Capacity[] }>;
  table.send = (async (command: Command) => {
    const { name } = command.constructor;
    units.calls.push(name);
    const answer = await send(command);
    const consumed = [answer.ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
    units[reads.has(name) ? 'read' : 'write'] += consumed;
    return answer;
  }) as never;
  try {
    await work();
  } finally {
    table.send = send as never;
  }
  return units;
}
