import { AsyncLocalStorage } from 'node:async_hooks';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What the calls of one request consumed. */
export interface Meter {
  /** SDK calls made. */
  calls: number;
  /** Request units, read and write together, as DynamoDB's `ConsumedCapacity` tells them. */
  units: number;
  /** The same by where they were consumed: `table`, or an index by its name. */
  consumed: Record<string, number>;
}

const current = new AsyncLocalStorage<Meter>();

/** Starts metering for everything that the current asynchronous context goes on to do. */
export function startMeter(): Meter {
  const meter: Meter = { calls: 0, units: 0, consumed: {} };
  current.enterWith(meter);
  return meter;
}

/** Makes every call of `client` ask for its consumed capacity and add it to the current meter. */
export function countUnits(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = args.input as { ReturnConsumedCapacity?: string };
      input.ReturnConsumedCapacity ??= 'INDEXES';
      const answer = await next(args);
      const meter = current.getStore();
      if (meter !== undefined) add(meter, answer.output as { ConsumedCapacity?: Capacity | Capacity[] });
      return answer;
    },
    { step: 'initialize', name: 'countUnits' },
  );
  return client;
}

/** `ConsumedCapacity` (Amazon DynamoDB API Reference) of one table. */
interface Capacity {
  CapacityUnits?: number;
  GlobalSecondaryIndexes?: Record<string, { CapacityUnits?: number }>;
}

function add(meter: Meter, { ConsumedCapacity: capacities = [] }: { ConsumedCapacity?: Capacity | Capacity[] }): void {
  meter.calls += 1;
  for (const { CapacityUnits = 0, GlobalSecondaryIndexes = {} } of [capacities].flat()) {
    meter.units += CapacityUnits;
    let ofTable = CapacityUnits;
    for (const [index, { CapacityUnits: units = 0 }] of Object.entries(GlobalSecondaryIndexes)) {
      consume(meter, index, units);
      ofTable -= units;
    }
    if (ofTable > 0) consume(meter, 'table', ofTable);
  }
}

function consume({ consumed }: Meter, place: string, units: number): void {
  consumed[place] = (consumed[place] ?? 0) + units;
}
