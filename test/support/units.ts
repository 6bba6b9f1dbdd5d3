import { table } from '#table/client.ts';

/** What a piece of work consumed, as the store tells it. */
export interface Consumed {
  /** Request units by what they were spent on: `table`, or the name of an index. What cost nothing is left out. */
  read: Record<string, number>;
  write: Record<string, number>;
  /** SDK calls, by the names of their operations, in their order. */
  calls: string[];
}

/** The same without what it was spent on. */
export interface Units {
  read: number;
  write: number;
  calls: string[];
}

interface Capacity {
  CapacityUnits?: number;
  Table?: { CapacityUnits?: number };
  GlobalSecondaryIndexes?: Record<string, { CapacityUnits?: number }>;
}
interface Command {
  constructor: { name: string };
  input: { ReturnConsumedCapacity?: string };
}

const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);

/** Adds up what every call to the table consumes while `work` runs, whoever makes it. */
export async function consumedBy(work: () => Promise<unknown>): Promise<Consumed> {
  const consumed: Consumed = { read: {}, write: {}, calls: [] };
  const send = table.send.bind(table) as (command: Command) => Promise<{ ConsumedCapacity?: Capacity | Capacity[] }>;
  table.send = (async (command: Command) => {
    const name = command.constructor.name.replace(/Command$/, '');
    consumed.calls.push(name);
    command.input.ReturnConsumedCapacity = 'INDEXES';
    const answer = await send(command);
    const kind = reads.has(name) ? consumed.read : consumed.write;
    for (const capacity of [answer.ConsumedCapacity ?? []].flat()) addTo(kind, capacity);
    return answer;
  }) as never;
  try {
    await work();
  } finally {
    table.send = send as never;
  }
  return consumed;
}

/** Adds up the request units of every call to the table while `work` runs, whoever made it. */
export async function unitsOf(work: () => Promise<unknown>): Promise<Units> {
  const { read, write, calls } = await consumedBy(work);
  return { read: sumOf(read), write: sumOf(write), calls };
}

/** All units, whatever they were spent on. */
export const sumOf = (units: Readonly<Record<string, number>>): number => Object.values(units).reduce((sum, each) => sum + each, 0);

function addTo(sums: Record<string, number>, { CapacityUnits, Table, GlobalSecondaryIndexes = {} }: Capacity): void {
  const parts = { table: Table?.CapacityUnits ?? CapacityUnits ?? 0 };
  const indexes = Object.entries(GlobalSecondaryIndexes).map(([name, { CapacityUnits: units = 0 }]) => [name, units] as const);
  for (const [name, units] of [...Object.entries(parts), ...indexes]) if (units > 0) sums[name] = (sums[name] ?? 0) + units;
}
