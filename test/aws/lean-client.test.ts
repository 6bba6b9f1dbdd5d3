import { setFlagsFromString } from 'node:v8';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it, vi } from 'vitest';
import { lean } from '#aws/lean-client.ts';
import { table } from '#table/client.ts';

const bus = lean(new EventBridgeClient(), 'events');

/** A client, the SDK's own in place of it, and a call. */
const clients = [
  {
    ...{ service: 'dynamodb', client: table, own: new DynamoDBClient() },
    call: () => table.send(new PutItemCommand({ TableName: 'any', Item: { id: { S: 'größer' } } })),
  },
  {
    ...{ service: 'events', client: bus, own: new EventBridgeClient() },
    call: () => bus.send(new PutEventsCommand({ Entries: [{ Source: 'größer', Detail: '{}' }] })),
  },
];

const hasFastProperties = nativeOf('HasFastProperties');

describe.each(clients)('a lean client of $service', ({ service, client, own, call }) => {
  type Request = Parameters<typeof client.config.requestHandler.handle>[0];

  /** The request of a call, which is not sent. */
  async function requestOfCall(): Promise<Request> {
    const handle = vi.spyOn(client.config.requestHandler, 'handle').mockRejectedValue(new Error('seen'));
    await expect(call()).rejects.toThrow('seen');
    return handle.mock.calls[0]![0];
  }

  it('says nothing about the SDK, which would be written and signed anew each time', async () => {
    const { headers } = await requestOfCall();
    expect(headers).toHaveProperty('authorization');
    expect(Object.keys(headers).filter((name) => name.includes('user-agent'))).toEqual([]);
  });

  it('signs a call as the SDK’s own signer would', async () => {
    const request = await requestOfCall();
    const { authorization, 'x-amz-date': date = '', 'x-amz-content-sha256': _, ...headers } = request.headers;
    const signingDate = new Date(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
    const signer = await own.config.signer();
    const signed = await signer.sign({ ...request, headers } as Request, { signingDate, signingService: service });
    expect(signed.headers.authorization).toBe(authorization);
  });

  it('puts its middlewares together once, and copies a configuration that is fast to copy', async () => {
    await requestOfCall();
    expect(client.config.cacheMiddleware).toBe(true);
    expect([hasFastProperties(own.config), hasFastProperties(client.config)]).toEqual([false, true]);
  });
});

/** One of V8's own functions that tell how it keeps an object. */
function nativeOf(name: string): (value: object) => boolean {
  setFlagsFromString('--allow-natives-syntax');
  const native = new Function('value', `return %${name}(value)`) as (value: object) => boolean;
  setFlagsFromString('--no-allow-natives-syntax');
  return native;
}
