import type { TablePlan } from '../template/tables.ts';

/** An index as the engine describes it: DynamoDB leaves every field open. */
interface StoredIndex {
  readonly IndexName?: string | undefined;
  readonly KeySchema?: StoredKeys | undefined;
  readonly Projection?:
    | { readonly ProjectionType?: string | undefined; readonly NonKeyAttributes?: readonly string[] | undefined }
    | undefined;
}
type StoredKeys = readonly { readonly AttributeName?: string | undefined; readonly KeyType?: string | undefined }[];
type DeclaredIndex = TablePlan['GlobalSecondaryIndexes'][number];

/** What turns the stored indexes into the declared ones. An index cannot be changed: it is made again. */
export function indexChanges(
  stored: readonly StoredIndex[],
  declared: readonly DeclaredIndex[],
): { remove: string[]; add: DeclaredIndex[] } {
  const storedByName = new Map(stored.map((index) => [index.IndexName ?? '', describeIndex(index)]));
  const add = declared.filter((index) => storedByName.get(index.IndexName) !== describeIndex(index));
  const kept = new Set(declared.filter((index) => !add.includes(index)).map((index) => index.IndexName));
  return { remove: [...storedByName.keys()].filter((name) => !kept.has(name)), add };
}

/** A key schema in one comparable text. */
export function describeKeys(keys: StoredKeys = []): string {
  return keys.map(({ AttributeName, KeyType }) => `${KeyType}:${AttributeName}`).join(' ');
}

/** The attributes that these keys are made of. */
export function attributesOf(owners: readonly { readonly KeySchema?: StoredKeys | undefined }[]): Set<string> {
  return new Set(owners.flatMap(({ KeySchema = [] }) => KeySchema.map(({ AttributeName }) => AttributeName ?? '')));
}

function describeIndex({ KeySchema, Projection }: StoredIndex): string {
  const carried = [...(Projection?.NonKeyAttributes ?? [])].sort().join(' ');
  return `${describeKeys(KeySchema)} ${Projection?.ProjectionType} ${carried}`;
}
