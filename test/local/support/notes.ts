/** Handlers of a tiny stack: `POST /notes/{id}` writes, the stream's function marks what was written, `GET /notes/{id}` reads. */
const dynamo = `
const call = async (target, input) => {
  const response = await fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.' + target,
      'x-amz-date': '20260101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({ TableName: process.env.TABLE_NAME, ...input }),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
};
`;

export const writer = `${dynamo}
export const handler = async ({ pathParameters, body }) => {
  await call('PutItem', { Item: { id: { S: pathParameters.id }, text: { S: body }, fresh: { BOOL: true } } });
  return { statusCode: 201 };
};`;

export const reader = `${dynamo}
export const handler = async ({ pathParameters }) => {
  const { Item } = await call('GetItem', { Key: { id: { S: pathParameters.id } }, ConsistentRead: true });
  return Item ? { text: Item.text.S, seen: Number(Item.seen?.N ?? 0) } : { statusCode: 404 };
};`;

export const stamper = `${dynamo}
export const handler = async ({ Records }) => {
  for (const { dynamodb } of Records) {
    await call('UpdateItem', {
      Key: dynamodb.Keys,
      UpdateExpression: 'ADD seen :one REMOVE fresh',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
  }
  return { batchItemFailures: [] };
};`;
