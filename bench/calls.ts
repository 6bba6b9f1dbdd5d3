import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { table } from '#table/client.ts';

type Command = Parameters<typeof table.send>[0];

/** Calls in the order in which they can only be made: those of one wave go side by side, the next wait for them. */
export type Calls = readonly (readonly Command[])[];

/**
 * Notes the calls to the table that `work` makes. One that begins while others are under way belongs to their wave.
 *
 * @param withheld whether a call is noted without being made: what it would change is then still to be done. `work` is told that all went well.
 */
export async function callsOf(work: () => Promise<unknown>, withheld: (command: Command) => boolean = () => false): Promise<Calls> {
  const waves: Command[][] = [];
  let underWay = 0;
  const send = table.send.bind(table) as (command: Command) => Promise<unknown>;
  table.send = (async (command: Command) => {
    if (underWay === 0) waves.push([]);
    waves.at(-1)?.push(command);
    underWay += 1;
    try {
      return withheld(command) ? {} : await send(command);
    } finally {
      underWay -= 1;
    }
  }) as never;
  try {
    await work();
  } finally {
    table.send = send as never;
  }
  return waves;
}

/** Whether a call changes the table. */
export const isWrite = (command: Command): boolean => !/^(?:Get|BatchGet|Query|Scan|TransactGet)Command$/.test(command.constructor.name);

/** A client as the SDK gives it, and nothing of ours. */
export const bare = DynamoDBDocumentClient.from(new DynamoDBClient());

/** Makes the same calls and does nothing with what they answer. */
export async function repeatCalls(waves: Calls): Promise<void> {
  for (const wave of waves) await Promise.all(wave.map((command) => bare.send(command)));
}
