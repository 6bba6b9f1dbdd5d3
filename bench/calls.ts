import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { fromAttributes } from '#table/attributes.ts';
import { table } from '#table/client.ts';
import { documentCommands } from './document-commands.ts';

/** A call as the functions send it. */
type Sent = Parameters<typeof table.send>[0];
/** The same call, as whoever uses the SDK's document client makes it. */
type Command = Parameters<DynamoDBDocumentClient['send']>[0];

/** Calls in the order in which they can only be made: those of one wave go side by side, the next wait for them. */
export type Calls = readonly (readonly Command[])[];

/**
 * Notes the calls to the table that `work` makes. One that begins while others are under way belongs to their wave.
 *
 * @param withheld whether a call is noted without being made: what it would change is then still to be done. `work` is told that all went well.
 */
export async function callsOf(work: () => Promise<unknown>, withheld: (command: Sent) => boolean = () => false): Promise<Calls> {
  const waves: Command[][] = [];
  let underWay = 0;
  const send = table.send.bind(table) as (command: Sent) => Promise<unknown>;
  table.send = (async (command: Sent) => {
    if (underWay === 0) waves.push([]);
    waves.at(-1)?.push(documentCommandOf(command));
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
export const isWrite = (command: Sent): boolean => !/^(?:GetItem|BatchGetItem|Query)Command$/.test(command.constructor.name);

/** A client as the SDK gives it, and nothing of ours. */
export const bare = DynamoDBDocumentClient.from(new DynamoDBClient());

/** Makes the same calls and does nothing with what they answer. */
export async function repeatCalls(waves: Calls): Promise<void> {
  for (const wave of waves) await Promise.all(wave.map((command) => bare.send(command)));
}

function documentCommandOf({ constructor: { name }, input }: Sent): Command {
  const Document = documentCommands[name];
  if (Document === undefined) throw new Error(`there is no document command for ${name}`);
  // As the functions' client asks with every call.
  return new Document({ ...(plainOf(input) as object), ReturnConsumedCapacity: 'INDEXES' } as never) as Command;
}

const itemFields = new Set(['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey']);

/** An input with plain values in place of attribute values. */
function plainOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== 'object' || value === null) return value;
  const plain = ([name, field]: [string, unknown]) => {
    if (itemFields.has(name)) return [name, field && fromAttributes(field)];
    return [name, name === 'Keys' ? (field as object[]).map(fromAttributes) : plainOf(field)];
  };
  return Object.fromEntries(Object.entries(value).map(plain));
}
