import type { FunctionName } from './function-names.ts';
import type { IndexName } from './indexes.ts';

/** What a function may do with the table: these actions on the table itself, and `Query` on these indexes. */
export interface TableGrant {
  readonly table: readonly `dynamodb:${string}`[];
  readonly indexes: readonly IndexName[];
}

/**
 * Least privilege, one line per function. A transaction needs the actions of its parts, no action of its own
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html).
 */
export const tableGrants: Readonly<Record<FunctionName, TableGrant>> = {
  reader: {
    table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
    indexes: ['thread', 'flat', 'rank'],
  },
  member: {
    table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    indexes: ['author', 'flat'],
  },
  publisher: {
    table: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    indexes: [],
  },
  moderator: {
    table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    indexes: ['queue', 'article', 'author', 'thread', 'flat'],
  },
  settle: {
    table: [
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    indexes: ['article', 'author'],
  },
  announce: { table: [], indexes: [] },
  housekeeping: {
    table: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    indexes: ['article', 'thread', 'queue'],
  },
};
