import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Plain } from './attributes.ts';
import type { Key } from './keys.ts';

/** A change of one item, and what must hold for it to happen. An `undefined` value removes, or must be absent. */
export interface Change {
  key: Key;
  set?: Record<string, unknown>;
  /** Numbers to add; `map.entry` adds within a map that is there. */
  add?: Record<string, number>;
  /** Attributes that must have exactly this value now. */
  expect?: Record<string, unknown>;
  /** Attributes that must not have this value now: otherwise there is nothing to do. */
  unless?: Record<string, unknown>;
}

type UpdateInput = Pick<Plain<UpdateItemCommandInput>, 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'> & {
  Key: Key;
  UpdateExpression: string;
};

/** Builds the update expression of a change; pure, so that it is tested without a client. */
export function buildUpdate(change: Change): UpdateInput {
  const { name, value, attributes } = placeholders();
  const assignments = Object.entries(change.set ?? {});
  const sets = assignments.filter(([, of]) => of !== undefined).map(([a, of]) => `${name(a)} = ${value('set', a, of)}`);
  const removes = assignments.filter(([, of]) => of === undefined).map(([a]) => name(a));
  const adds = Object.entries(change.add ?? {}).map(([a, of]) => `${name(a)} ${value('add', a, of)}`);
  const conditions = conditionsOf(change, name, value);
  return {
    Key: change.key,
    UpdateExpression: [clause('SET', sets), clause('REMOVE', removes), clause('ADD', adds)].filter(Boolean).join(' '),
    ...attributes(),
    ...(conditions.length > 0 && { ConditionExpression: conditions.join(' AND ') }),
  };
}

/** Builds the conditional removal of an item, in the same words. */
export function buildRemoval(removal: Required<Pick<Change, 'key' | 'expect'>>): Omit<UpdateInput, 'UpdateExpression'> {
  const { name, value, attributes } = placeholders();
  const conditions = conditionsOf(removal, name, value);
  return { Key: removal.key, ConditionExpression: conditions.join(' AND '), ...attributes() };
}

type Name = (path: string) => string;
type Value = (kind: string, path: string, of: unknown) => string;

function conditionsOf({ expect = {}, unless = {} }: Pick<Change, 'expect' | 'unless'>, name: Name, value: Value): string[] {
  return [
    ...Object.entries(expect).map(([a, of]) =>
      of === undefined ? `attribute_not_exists(${name(a)})` : `${name(a)} = ${value('is', a, of)}`,
    ),
    ...Object.entries(unless).map(([a, of]) =>
      of === undefined ? `attribute_exists(${name(a)})` : `(attribute_not_exists(${name(a)}) OR ${name(a)} <> ${value('is', a, of)})`,
    ),
  ];
}

/** Every name and value goes by a placeholder, since any attribute may be one of DynamoDB's several hundred reserved words. */
function placeholders() {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const plain = (path: string) => path.replaceAll(/[.-]/g, '_');
  const name: Name = (path) => {
    const parts = path.split('.');
    for (const part of parts) names[`#${plain(part)}`] = part;
    return parts.map((part) => `#${plain(part)}`).join('.');
  };
  const value: Value = (kind, path, of) => {
    values[`:${kind}_${plain(path)}`] = of;
    return `:${kind}_${plain(path)}`;
  };
  const attributes = () => ({
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  });
  return { name, value, attributes };
}

const clause = (word: string, parts: string[]) => (parts.length === 0 ? '' : `${word} ${parts.join(', ')}`);
