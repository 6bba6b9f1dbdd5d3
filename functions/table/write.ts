import {
  ConditionalCheckFailedException,
  PutItemCommand,
  type PutItemCommandInput,
  TransactionConflictException,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { fromAttributes, type Plain, writeToAttributes } from './attributes.ts';
import { table, tableName } from './client.ts';
import type { Key } from './keys.ts';
import { buildUpdate, type Change } from './update.ts';

/** Changes one item if what the change expects holds; tells whether it did. */
export async function writeChange(change: Change): Promise<boolean> {
  const update = writeToAttributes<UpdateItemCommandInput>({ TableName: tableName, ...buildUpdate(change) });
  return wasWritten(table.send(new UpdateItemCommand(update)));
}

/** Writes an item if there is none with its key; tells whether there was none. */
export async function writeNew(item: Key): Promise<boolean> {
  const put = writeToAttributes<PutItemCommandInput>({ TableName: tableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' });
  return wasWritten(table.send(new PutItemCommand(put)));
}

async function wasWritten(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return false;
  }
}

/** Whether a transaction on the same item was in the way of a write, which is worth another try then. */
export const isHindered = (error: unknown): boolean => error instanceof TransactionConflictException;

/** Updates one item if its condition holds, and tells what was there before, either way: nothing if there was no item. */
export async function writeOver<T>(update: Omit<Plain<UpdateItemCommandInput>, 'TableName'>): Promise<{ written: boolean; before?: T }> {
  const asked = { TableName: tableName, ReturnValues: 'ALL_OLD', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  try {
    const { Attributes } = await table.send(new UpdateItemCommand(writeToAttributes<UpdateItemCommandInput>({ ...update, ...asked })));
    return { written: true, ...(Attributes && { before: fromAttributes<T>(Attributes) }) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { written: false, ...(error.Item && { before: fromAttributes<T>(error.Item) }) };
  }
}
