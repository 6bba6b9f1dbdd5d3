import { LRUCache } from 'lru-cache';
import { tableName } from '#table/client.ts';
import { getItem } from '#table/get.ts';
import { type Key, policyInForceKey, policyKey } from '#table/keys.ts';
import { type TransactItem, type TransactionOutcome, writeTransaction } from '#table/transaction.ts';
import { defaultPolicy, type Policy, policySchema } from './rules/policy.ts';

/** A policy as it was put in force; version 0 is the default that nobody has put. */
export interface PolicyVersion {
  policy: Policy;
  version: number;
  updatedAt: string | null;
  updatedBy: string | null;
}

type PolicyItem = Key & Omit<PolicyVersion, 'policy'> & { policy: unknown };

const none: PolicyVersion = { policy: defaultPolicy, version: 0, updatedAt: null, updatedBy: null };

/** Versions never change, so a warm function reads each only once. */
const versions = new LRUCache<number, PolicyVersion>({
  max: 4,
  // Whoever waits for a read gets it, though others have taken its place meanwhile.
  ignoreFetchAbort: true,
  fetchMethod: readVersion,
});

/** The policy in force at this very moment: one small read, and the document itself only when it is new to this process. */
export async function policyInForce(): Promise<PolicyVersion> {
  const inForce = await getItem<{ version: number }>(policyInForceKey, { consistent: true });
  return inForce === undefined ? none : versions.forceFetch(inForce.version);
}

const recent = new LRUCache<'policy', PolicyVersion>({ max: 1, ttl: 250, fetchMethod: () => policyInForce() });

/** The policy in force, at most a quarter of a second old: for what readers see and for limits that are checked before screening. */
export async function recentPolicy(): Promise<PolicyVersion> {
  return recent.forceFetch('policy');
}

/** Puts a policy in force over the version that was read (0: none was), and on record who did. */
export async function writePolicy(next: PolicyVersion, record: TransactItem): Promise<TransactionOutcome> {
  const over = next.version - 1;
  return writeTransaction([
    { Put: { TableName: tableName, Item: { ...policyKey(next.version), ...next }, ConditionExpression: 'attribute_not_exists(pk)' } },
    {
      Put: {
        TableName: tableName,
        Item: { ...policyInForceKey, version: next.version },
        ...(over === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'version = :over', ExpressionAttributeValues: { ':over': over } }),
      },
    },
    record,
  ]);
}

async function readVersion(version: number): Promise<PolicyVersion> {
  const item = await getItem<PolicyItem>(policyKey(version), { consistent: true });
  if (item === undefined) throw new Error(`policy version ${version} is in force but missing`);
  const { policy, updatedAt, updatedBy } = item;
  return { policy: policySchema.parse(policy), version, updatedAt, updatedBy };
}
