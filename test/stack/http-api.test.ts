import { describe, expect, it, test } from 'vitest';
import { routes } from '../../functions/routes.ts';
import { configure, SynthesisedStack } from './synthesise.ts';

const stack = new SynthesisedStack(configure({ throttle: { ratePerSecond: 7, burst: 9 } }));
const api = stack.sole('AWS::ApiGatewayV2::Api').Properties;
const stage = stack.sole('AWS::ApiGatewayV2::Stage').Properties;

/** The logical id of the function that a route key leads to. */
function functionBehind(routeKey: string): string | undefined {
  const route = Object.values(stack.resources('AWS::ApiGatewayV2::Route')).find(({ Properties }) => Properties.RouteKey === routeKey);
  const [, [, target]] = route?.Properties.Target['Fn::Join'] ?? [];
  const integration = stack.resources('AWS::ApiGatewayV2::Integration')[target.Ref];
  return integration?.Properties.IntegrationUri['Fn::GetAtt'][0];
}

/** The paths of the API on which a function lets itself be invoked. */
function pathsAllowed(functionId: string): string[] {
  return Object.values(stack.resources('AWS::Lambda::Permission'))
    .filter(({ Properties }) => Properties.FunctionName['Fn::GetAtt'][0] === functionId)
    .map(({ Properties }) => Properties.SourceArn['Fn::Join'][1].at(-1));
}

describe('the route table', () => {
  it.each(routes)('$method $path reaches $entry', ({ method, path, entry }) => {
    const [id] = stack.lambda(entry);

    expect(functionBehind(`${method} ${path}`)).toBe(id);
    expect(pathsAllowed(id)).toContain(`/*/*${path}`);
  });

  it('sends whatever else is asked to the reader, which answers in the words of the contract', () => {
    const [id] = stack.lambda('reader');

    expect(functionBehind('$default')).toBe(id);
    expect(pathsAllowed(id)).toContain('/*/*');
  });

  it('is all there is', () => {
    stack.template.resourceCountIs('AWS::ApiGatewayV2::Route', routes.length + 1);
    stack.template.resourcePropertiesCountIs('AWS::Lambda::Permission', { Principal: 'apigateway.amazonaws.com' }, routes.length + 1);
  });

  it('hands requests over in payload format 2.0', () => {
    stack.template.allResourcesProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
    });
  });
});

describe('CORS', () => {
  it('lets the configured origins in, and no others', () => {
    expect(api.CorsConfiguration.AllowOrigins).toEqual(['https://www.example.com']);
    expect(api.CorsConfiguration.AllowCredentials).toBeUndefined();
  });

  it('allows every method of the route table', () => {
    expect(new Set(api.CorsConfiguration.AllowMethods)).toEqual(new Set(routes.map(({ method }) => method)));
  });

  it('lets a page send and read the headers of the contract', () => {
    expect(new Set(api.CorsConfiguration.AllowHeaders)).toEqual(
      new Set(['authorization', 'content-type', 'if-match', 'if-none-match', 'idempotency-key']),
    );
    expect(new Set(api.CorsConfiguration.ExposeHeaders)).toEqual(
      new Set(['etag', 'link', 'location', 'retry-after', 'ratelimit', 'ratelimit-policy', 'x-request-id']),
    );
  });

  it('has a browser ask for two hours only once', () => {
    expect(api.CorsConfiguration.MaxAge).toBe(2 * 60 * 60);
  });
});

test('what is deployed answers at once, below no path of its own', () => {
  expect(stage).toMatchObject({ StageName: '$default', AutoDeploy: true });
});

test('the throttle is the configured one', () => {
  expect(stage.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 });
});

test('the access log is JSON that tells neither who asked nor for what article', () => {
  expect(JSON.parse(stage.AccessLogSettings.Format)).toEqual({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    route: '$context.routeKey',
    status: '$context.status',
    responseBytes: '$context.responseLength',
    latencyMs: '$context.responseLatency',
    functionLatencyMs: '$context.integrationLatency',
    error: '$context.error.message',
    functionError: '$context.integrationErrorMessage',
  });
});

test('the access log is kept as long as configured', () => {
  const [logId] = stage.AccessLogSettings.DestinationArn['Fn::GetAtt'];

  expect(stack.resources('AWS::Logs::LogGroup')[logId]?.Properties.RetentionInDays).toBe(30);
});
