import { engineClients } from '../../local/engine/clients.ts';
import { Problem } from '../../local/problem.ts';
import { type RuntimeOptions, startRuntime } from '../../local/runtime.ts';
import { LockHeld } from '../../local/store/lock.ts';
import type { Queue } from '../../local/streams/queue.ts';
import type { Message, Place } from './place.ts';
import { readRange } from './stream-range.ts';
import { tableReader } from './table-items.ts';

/** How long what was settled may go on waking others before the runtime stops; the next start goes on with it. In milliseconds. */
const patience = 60_000;

export type LaptopOptions = Omit<RuntimeOptions, 'port' | 'fresh'>;

/**
 * The failure queues of a data directory. The runtime is started for as long as the replay takes, so that what settling changes wakes
 * whoever it would; it may not be running already.
 * @throws Problem if it is, or cannot start
 */
export async function onLaptop(options: LaptopOptions): Promise<{ place: Place; close: () => Promise<void> }> {
  const runtime = await startRuntime({ ...options, port: 0 }).catch((error: unknown) => {
    if (error instanceof Problem && error.cause instanceof LockHeld)
      throw new Problem(`${error.message}. The local failure queue is replayed while the runtime is stopped: end it first`, {
        cause: error,
      });
    throw error;
  });
  const { region, queues, mappings, functions } = runtime.backstage;
  const clients = engineClients(runtime.engineUrl, region);
  const readItems = tableReader(clients.tables);
  const mappingOf = (functionArn: string, tableName: string) =>
    mappings.find(({ plan }) => plan.tableName === tableName && functions.get(plan.functionName)?.plan.arn === functionArn);
  const place: Place = {
    messages: () => read(queues),
    waking: async ({ functionArn, tableName }) => mappingOf(functionArn, tableName)?.plan,
    async range(failure) {
      const mapping = mappingOf(failure.functionArn, failure.tableName);
      // A table that was made anew has another stream, and the engine knows nothing of the former.
      if (mapping?.streamArn !== failure.streamArn) return { records: [], whole: false };
      return await readRange(clients.streams, mapping.engineStreamArn, failure, { region, streamArn: failure.streamArn });
    },
    items: ({ tableName, streamArn }, after) => readItems(tableName, { region, streamArn }, after),
    async invoke(functionArn, event) {
      const target = [...functions.values()].find(({ plan }) => plan.arn === functionArn);
      if (target === undefined) throw new Problem(`There is no function ${functionArn}`);
      return await target.invoke(event);
    },
  };
  return {
    place,
    async close() {
      try {
        await runtime.drained(patience);
      } finally {
        clients.destroy();
        await runtime.stop();
      }
    },
  };
}

/** What is sent to a queue while this goes on is read by the next replay. */
async function* read(queues: readonly Queue[]): AsyncGenerator<Message> {
  for (const queue of queues) {
    for (const body of await queue.messages()) yield { body, remove: () => queue.remove(body), giveBack: async () => undefined };
  }
}
