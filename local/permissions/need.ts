import type { Place } from '../template/references.ts';

/** A permission that a call needs. */
export interface Need {
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
}

/** The parts of DynamoDB's requests that say which tables they are about. */
interface Request {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
}

/** What the parts of a transaction need: it has no action of its own ("IAM with transactions", Amazon DynamoDB Developer Guide). */
const partActions: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/**
 * The permissions that a call of DynamoDB needs: one for each table and part ("Actions, resources, and condition keys for Amazon
 * DynamoDB", Service Authorization Reference). A query or scan of an index needs them on the index alone.
 * @param operation the call's name, for example `GetItem`
 */
export function needsOfDynamoDb(operation: string, request: Request, { region, account }: Place): Need[] {
  const arn = (table = '*', index?: string) =>
    `arn:aws:dynamodb:${region}:${account}:table/${table}${index === undefined ? '' : `/index/${index}`}`;
  if (request.TransactItems !== undefined) {
    return request.TransactItems.flatMap((item) =>
      Object.entries(item).map(([part, { TableName }]) => ({ action: `dynamodb:${partActions[part] ?? part}`, resource: arn(TableName) })),
    );
  }
  const action = `dynamodb:${operation}`;
  if (request.RequestItems !== undefined) return Object.keys(request.RequestItems).map((table) => ({ action, resource: arn(table) }));
  return [{ action, resource: arn(request.TableName, request.IndexName) }];
}

/** The permissions that `PutEvents` needs: one for each bus. */
export function needsOfPutEvents(busNames: readonly string[], { region, account }: Place): Need[] {
  return [...new Set(busNames)].map((name) => ({
    action: 'events:PutEvents',
    resource: `arn:aws:events:${region}:${account}:event-bus/${name}`,
  }));
}
