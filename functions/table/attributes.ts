import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, type NativeAttributeValue, unmarshall } from '@aws-sdk/util-dynamodb';

/** What the SDK takes or gives, with plain values in place of attribute values. */
export type Plain<T> = T extends AttributeValue
  ? NativeAttributeValue
  : T extends readonly (infer Element)[]
    ? Plain<Element>[]
    : T extends object
      ? { [Name in keyof T]: Plain<T[Name]> }
      : T;

/** An item, or part of one, as the store takes it; what is `undefined` is left out. */
export const toAttributes = (item: object): Record<string, AttributeValue> => marshall(item, { removeUndefinedValues: true });

/** An item of the store as a plain object. A stream's images say the same in a type of their own. */
export const fromAttributes = <T>(item: object): T => unmarshall(item as Record<string, AttributeValue>) as T;

/** The parts of a write that are items or parts of items. */
interface ItemParts {
  Key?: object | undefined;
  Item?: object | undefined;
  ExpressionAttributeValues?: object | undefined;
}

/**
 * A write as the store takes it: the input of a command, or a part of a transaction.
 * @typeParam Write the SDK's type for it
 */
export function writeToAttributes<Write>({ Key, Item, ExpressionAttributeValues, ...rest }: Plain<Write> & ItemParts): Write {
  return {
    ...rest,
    ...(Key && { Key: toAttributes(Key) }),
    ...(Item && { Item: toAttributes(Item) }),
    ...(ExpressionAttributeValues && { ExpressionAttributeValues: toAttributes(ExpressionAttributeValues) }),
  } as Write;
}
