import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, inject, it } from 'vitest';
import { startEventBus } from '../../local/events/bus.ts';
import { allows, guardOf, type PermissionUse } from '../../local/permissions/guard.ts';
import { needsOfDynamoDb } from '../../local/permissions/need.ts';
import { guardStore } from '../../local/permissions/store-guard.ts';
import type { Plan } from '../../local/template/plan.ts';

const place = { region: 'eu-west-1', account: '123456789012' };
const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/T';
const needs = (operation: string, request: object) =>
  needsOfDynamoDb(operation, request, place).map(({ action, resource }) => [action, resource]);

describe('a call of DynamoDB needs', () => {
  it.each(['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'DescribeTable'])(
    'for %s that action on its table',
    (name) => {
      expect(needs(name, { TableName: 'T' })).toEqual([[`dynamodb:${name}`, table]]);
    },
  );

  it('for a query of an index that action on the index, and nothing on its table', () => {
    expect(needs('Query', { TableName: 'T', IndexName: 'flat' })).toEqual([['dynamodb:Query', `${table}/index/flat`]]);
  });

  it('for a batch its own action on each table', () => {
    const RequestItems = { T: {}, U: {} };
    expect(needs('BatchGetItem', { RequestItems })).toEqual([
      ['dynamodb:BatchGetItem', table],
      ['dynamodb:BatchGetItem', table.replace(/T$/, 'U')],
    ]);
    expect(needs('BatchWriteItem', { RequestItems: { T: [] } })).toEqual([['dynamodb:BatchWriteItem', table]]);
  });

  it('for a transaction the action of each part, and none of its own', () => {
    const part = { TableName: 'T' };
    const TransactItems = [{ Put: part }, { Update: part }, { Delete: part }, { ConditionCheck: part }];
    const actions = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'];
    expect(needs('TransactWriteItems', { TransactItems })).toEqual(actions.map((action) => [`dynamodb:${action}`, table]));
    expect(needs('TransactGetItems', { TransactItems: [{ Get: part }] })).toEqual([['dynamodb:GetItem', table]]);
  });

  it('for what names no table its action on all of them', () => {
    expect(needs('ListTables', {})).toEqual([['dynamodb:ListTables', table.replace(/T$/, '*')]]);
  });
});

describe('a role', () => {
  const role = (actions: string[], resources: string[]) => ({ name: 'Role', allowed: [{ actions, resources }] });

  it.each([
    ['the very action and resource', ['dynamodb:GetItem'], [table], true],
    ['another action', ['dynamodb:PutItem'], [table], false],
    ['another resource', ['dynamodb:GetItem'], [`${table}/index/flat`], false],
    ['a name that begins alike', ['dynamodb:GetItem'], [`${table}able`], false],
    ['wildcards that match', ['dynamodb:Get*'], ['arn:aws:dynamodb:*:*:table/?'], true],
    ['wildcards that do not', ['dynamodb:Get?'], ['*'], false],
    ['nothing', [], [], false],
  ])('that allows %s', (_, actions, resources, allowed) => {
    expect(allows(role(actions, resources), { action: 'dynamodb:GetItem', resource: table })).toBe(allowed);
  });

  it('allows a pair only where one statement has both', () => {
    const allowed = [
      { actions: ['dynamodb:GetItem'], resources: [`${table}/index/flat`] },
      { actions: ['dynamodb:Query'], resources: [table] },
    ];
    expect(allows({ name: 'Role', allowed }, { action: 'dynamodb:GetItem', resource: table })).toBe(false);
  });
});

/** A function that may put items into `T` and nothing else, and what became of its calls. */
function guarded() {
  const uses: PermissionUse[] = [];
  const role = { name: 'WriterRole', allowed: [{ actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], resources: [table] }] };
  const plan = { ...place, functions: [{ logicalId: 'Writer1', name: 'writer', role }] } as unknown as Plan;
  return { uses, guard: guardOf(plan, (use) => uses.push(use)) };
}
const signedBy = (key: string) => `AWS4-HMAC-SHA256 Credential=${key}/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host`;
const clientOf = (endpoint: string, accessKeyId: string) => ({
  ...{ endpoint, region: place.region, maxAttempts: 1, credentials: { accessKeyId, secretAccessKey: 'x' } },
});

describe('a guard', () => {
  const need = (action: string) => ({ action: `dynamodb:${action}`, resource: table });

  it('lets a call through whose function may do all of it, and notes what it made use of', () => {
    const { guard, uses } = guarded();
    expect(guard(signedBy('Writer1'), [need('GetItem'), need('UpdateItem')])).toBeUndefined();
    expect(uses).toEqual([need('GetItem'), need('UpdateItem')].map((each) => ({ functionName: 'writer', ...each })));
  });

  it('refuses a call as soon as one part of it is not allowed, and notes nothing', () => {
    const { guard, uses } = guarded();
    expect(guard(signedBy('Writer1'), [need('GetItem'), need('DeleteItem')])?.Message).toContain('dynamodb:DeleteItem');
    expect(uses).toEqual([]);
  });

  it.each([undefined, '', signedBy('local'), signedBy('Writer12')])('refuses a call that is signed by nobody it knows: %s', (header) => {
    expect(guarded().guard(header, [need('GetItem')])?.__type).toMatch(/#UnrecognizedClientException$/);
  });
});

describe('a refusal reaches the SDK in the words of AWS', () => {
  const message = (action: string, resource: string) =>
    `User: arn:aws:sts::123456789012:assumed-role/WriterRole/writer is not authorized to perform: ${action} on resource: ${resource} ` +
    `because no identity-based policy allows the ${action} action`;

  it('from the store', async () => {
    const engineUrl = inject('engineUrl');
    const end = guardStore({ engineUrl, guard: guarded().guard, place });
    const client = new DynamoDBClient(clientOf(engineUrl, 'Writer1'));
    try {
      const refused = () => client.send(new PutItemCommand({ TableName: 'T', Item: { id: { S: 'é' } } }));
      const expected = { name: 'AccessDeniedException', message: message('dynamodb:PutItem', table) };
      await expect(refused()).rejects.toMatchObject(expected);
      // What is allowed reaches the engine over the same connection, which has no such table, or takes no such name.
      await expect(client.send(new GetItemCommand({ TableName: 'T', Key: { id: { S: 'é' } } }))).rejects.toMatchObject({
        name: expect.stringMatching(/^(ResourceNotFound|Validation)Exception$/),
      });
      await expect(refused()).rejects.toMatchObject(expected);
    } finally {
      client.destroy();
      end();
    }
  });

  it.each(['127.0.0.1', 'localhost'])('from the store at %s, also to who does without the SDK', async (hostname) => {
    const engineUrl = inject('engineUrl');
    const end = guardStore({ engineUrl, guard: guarded().guard, place });
    try {
      const answer = await fetch(Object.assign(new URL(engineUrl), { hostname }), {
        method: 'POST',
        headers: { 'x-amz-target': 'DynamoDB_20120810.DeleteItem', authorization: signedBy('Writer1'), connection: 'close' },
        body: JSON.stringify({ TableName: 'T', Key: { id: { S: 'é' } } }),
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ Message: message('dynamodb:DeleteItem', table) });
    } finally {
      end();
    }
  });

  it('from the bus', async () => {
    const bus = await startEventBus({ ...place, buses: ['news'], guard: guarded().guard, onEvent: () => undefined });
    const client = new EventBridgeClient(clientOf(bus.url, 'Writer1'));
    try {
      const Entries = [{ EventBusName: 'news', Source: 's', DetailType: 't', Detail: '{}' }];
      await expect(client.send(new PutEventsCommand({ Entries }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: message('events:PutEvents', 'arn:aws:events:eu-west-1:123456789012:event-bus/news'),
      });
    } finally {
      client.destroy();
      await bus.close();
    }
  });
});
