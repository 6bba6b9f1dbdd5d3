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

/** An item of the store as a plain object. */
export const fromAttributes = <T>(item: object): T => unmarshall(item as Record<string, AttributeValue>) as T;

/** An image of a stream's record as a plain object. It comes as JSON, where bytes are base64 (API reference, `AttributeValue`, B). */
export const fromImage = <T>(image: object): T => fromAttributes<T>(withBytes(image as Image));

type Image = Record<string, ImageValue>;
type ImageValue = { B?: string; M?: Image; L?: ImageValue[] };

const withBytes = (image: Image) => Object.fromEntries(Object.entries(image).map(([name, value]) => [name, valueWithBytes(value)]));

function valueWithBytes(value: ImageValue): object {
  // As the SDK gives them: a Buffer would say itself in JSON otherwise.
  if (value.B !== undefined) return { B: Uint8Array.from(Buffer.from(value.B, 'base64')) };
  if (value.M !== undefined) return { M: withBytes(value.M) };
  if (value.L !== undefined) return { L: value.L.map(valueWithBytes) };
  return value;
}

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
