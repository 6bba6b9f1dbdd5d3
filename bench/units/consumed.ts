import { table } from '#table/client.ts';

/** What a piece of work asked of the table. */
export interface Consumed {
  /** Calls of the SDK. */
  calls: number;
  /** Request units by what they were spent on: `table`, or the name of an index. What cost nothing is left out. */
  read: Record<string, number>;
  write: Record<string, number>;
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

/** Adds up what every call to the table consumes while `work` runs, whoever makes it. */
export async function consumedBy(work: () => Promise<unknown>): Promise<Consumed> {
  const consumed: Consumed = { calls: 0, read: {}, write: {} };
  const send = table.send.bind(table) as (command: Command) => Promise<{ ConsumedCapacity?: Capacity | Capacity[] }>;
  table.send = (async (command: Command) => {
    consumed.calls += 1;
    command.input.ReturnConsumedCapacity = 'INDEXES';
    const answer = await send(command);
    const kind = /^(?:Get|BatchGet|Query|Scan|TransactGet)Command$/.test(command.constructor.name) ? consumed.read : consumed.write;
    for (const capacity of [answer.ConsumedCapacity ?? []].flat()) addTo(kind, capacity);
    return answer;
  }) as never;
  try {
    await work();
  } finally {
    table.send = send as never;
  }
  return { calls: consumed.calls, read: sorted(consumed.read), write: sorted(consumed.write) };
}

const sorted = (sums: Record<string, number>) => Object.fromEntries(Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1)));

function addTo(sums: Record<string, number>, { CapacityUnits, Table, GlobalSecondaryIndexes = {} }: Capacity): void {
  const parts = { table: Table?.CapacityUnits ?? CapacityUnits ?? 0 };
  const indexes = Object.entries(GlobalSecondaryIndexes).map(([name, { CapacityUnits: units = 0 }]) => [name, units] as const);
  for (const [name, units] of [...Object.entries(parts), ...indexes]) if (units > 0) sums[name] = (sums[name] ?? 0) + units;
}
