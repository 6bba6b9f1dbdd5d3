import { type Difference, sumOf } from '#comments/rules/contribution.ts';
import { tableName } from '#table/client.ts';
import type { Key } from '#table/keys.ts';
import { type TransactItem, transactionSize } from '#table/transaction.ts';
import { buildRemoval, buildUpdate, type Change } from '#table/update.ts';
import type { Plan, Removal, Share } from './plan.ts';

/** Cuts plans into groups that each fit one transaction; neighbours share their sums, so the caller sorts by article. */
export function groupPlans<T extends { plan: Plan }>(planned: readonly T[]): T[][] {
  const groups: T[][] = [];
  let group: T[] = [];
  let keys = new Set<string>();
  for (const each of planned) {
    const own = new Set(keysOf(each.plan));
    const more = [...own].filter((key) => !keys.has(key)).length;
    if (keys.size + more > transactionSize && group.length > 0) {
      groups.push(group);
      group = [];
      keys = new Set();
    }
    for (const key of own) keys.add(key);
    group.push(each);
  }
  return group.length > 0 ? [...groups, group] : groups;
}

/**
 * Merges the plans of a group into one write per item: an item that is both settled and a target of others, such as a
 * parent beside its reply, is one update, as a transaction takes each item only once. The sources come first, in the
 * order of `plans`, so that the position of a failed condition names its plan; records have no condition of their own.
 */
export function transactionOf(plans: readonly Plan[]): TransactItem[] {
  const shares = Map.groupBy(
    plans.flatMap((plan) => plan.shares),
    ({ key }) => idOf(key),
  );
  const sources = plans.map(({ source }) => {
    const own = shares.get(idOf(source.key)) ?? [];
    shares.delete(idOf(source.key));
    return 'remove' in source ? source : merge(source, own);
  });
  const targets = [...shares.values()].flatMap((own) => (own[0] === undefined ? [] : [merge({ key: own[0].key }, own)]));
  const moved = targets.filter(({ set, add }) => set !== undefined || Object.keys(add ?? {}).length > 0);
  const records = plans.flatMap((plan) => plan.records).map((Item) => ({ Put: { TableName: tableName, Item } }));
  return [...[...sources, ...moved].map(write), ...records];
}

/**
 * Adds shares to what an item is changed by itself. Being woken wins over being settled: the item comes again, and finds
 * what was added.
 */
function merge(change: Change, shares: readonly Share[]): Change {
  const wake = shares.some((share) => share.wake);
  const sums: Difference[] = shares.map((share) => share.add);
  if (wake) sums.push({ version: 1 });
  const add = sumOf(sums);
  const set: NonNullable<Change['set']> = Object.assign({}, change.set, ...shares.map((share) => share.set), wake && { unsettled: true });
  return {
    ...change,
    ...(Object.keys(add).length > 0 && { add }),
    ...(Object.keys(set).length > 0 && { set }),
  };
}

const write = (change: Change | Removal): TransactItem =>
  'remove' in change
    ? { Delete: { TableName: tableName, ...buildRemoval(change) } }
    : { Update: { TableName: tableName, ...buildUpdate(change) } };

const idOf = ({ pk, sk }: Key) => `${pk}\n${sk}`;
const keysOf = ({ source, shares, records }: Plan) => [source.key, ...shares.map(({ key }) => key), ...records].map(idOf);
