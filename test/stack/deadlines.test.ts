import { expect, it } from 'vitest';
import { entriesPerCall, longestPublication } from '#events/event-bus.ts';
import { table } from '#table/client.ts';
import { SynthesisedStack } from './synthesise.ts';

const stack = new SynthesisedStack();

/** "Maximum integration timeout: 30 seconds" ("Quotas for configuring and running an HTTP API in API Gateway"), in milliseconds. */
const gatewayTimeout = 30_000;

it('a call of the store gives up before its function is ended, and that before API Gateway gives up', async () => {
  const handler = table.config.requestHandler as unknown as {
    configProvider: Promise<{ connectionTimeout: number; socketTimeout: number }>;
  };
  const { connectionTimeout, socketTimeout } = await handler.configProvider;
  const longestCall = (await table.config.maxAttempts()) * (connectionTimeout + socketTimeout);
  const waits = Object.values(stack.resources('AWS::ApiGatewayV2::Integration')).map(
    ({ Properties }) => Properties.TimeoutInMillis ?? gatewayTimeout,
  );

  expect(waits.length).toBeGreaterThan(0);
  for (const name of ['reader', 'member', 'publisher', 'moderator'] as const) {
    const timeout = stack.lambda(name)[1].Properties.Timeout * 1_000;
    expect(longestCall).toBeLessThan(timeout);
    for (const wait of waits) expect(timeout).toBeLessThan(wait);
  }
});

it('a batch that the bus is slow to take is announced before the function is ended', () => {
  const [id, { Properties }] = stack.lambda('announce');
  const mappings = Object.values(stack.resources('AWS::Lambda::EventSourceMapping'));
  const mapping = mappings.find((each) => each.Properties.FunctionName.Ref === id);
  const eventsOfRecord = 2;
  const calls = (mapping?.Properties.BatchSize * eventsOfRecord) / entriesPerCall;

  expect(calls).toBeGreaterThan(0);
  expect(calls * longestPublication).toBeLessThan(Properties.Timeout * 1_000);
});
