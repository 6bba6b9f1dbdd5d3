import { expect, it } from 'vitest';
import { buildIndexQuery } from '#table/query.ts';

const page = { index: 'thread', partition: 'a#', limit: 3, ascending: false } as const;

it('a query asks for the attributes that are wanted, and for all where none is named', () => {
  expect(buildIndexQuery({ ...page, attributes: ['order', 'view'] })).toMatchObject({
    ProjectionExpression: '#order,#view',
    ExpressionAttributeNames: { '#partition': 'thread', '#order': 'order', '#view': 'view' },
  });
  expect(buildIndexQuery(page)).not.toHaveProperty('ProjectionExpression');
});

it('a query goes on after a position, and names what it is a position of', () => {
  expect(buildIndexQuery({ ...page, after: 'x', attributes: ['order'] })).toMatchObject({
    KeyConditionExpression: '#partition = :partition AND #sort < :after',
    ExpressionAttributeNames: { '#partition': 'thread', '#sort': 'order', '#order': 'order' },
    ExpressionAttributeValues: { ':partition': { S: 'a#' }, ':after': { S: 'x' } },
  });
});
