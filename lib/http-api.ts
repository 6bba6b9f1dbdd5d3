import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CorsHttpMethod, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type EntryName, routes } from '../functions/routes.ts';
import type { Configuration } from './configuration.ts';
import { removalPolicy } from './removal-policy.ts';

const requestHeaders = ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match'];
const responseHeaders = ['etag', 'link', 'location', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'];

/** No address, no user agent and no path: a path names articles and comments, so it would tell who read or wrote what. */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  functionLatencyMs: '$context.integrationLatency',
  error: '$context.error.message',
  functionError: '$context.integrationErrorMessage',
};

export interface CommentApiProps {
  readonly configuration: Configuration;
  readonly entries: Readonly<Record<EntryName, IFunction>>;
  /** Encrypts the access log; by default one that AWS keeps. */
  readonly key?: IKey | undefined;
}

/** The HTTP API: every line of the route table to its entry, and whatever else is asked to the reader, which answers 404 as the contract wants it. */
export class CommentApi extends Construct {
  readonly url: string;
  readonly apiId: string;
  /** The host name that API Gateway gives it. */
  readonly host: string;

  constructor(scope: Construct, id: string, props: CommentApiProps) {
    super(scope, id);
    const { configuration, entries } = props;
    const integrations = {
      reader: new HttpLambdaIntegration('Reader', entries.reader),
      member: new HttpLambdaIntegration('Member', entries.member),
      publisher: new HttpLambdaIntegration('Publisher', entries.publisher),
      moderator: new HttpLambdaIntegration('Moderator', entries.moderator),
    } satisfies Record<EntryName, HttpLambdaIntegration>;

    const api = new HttpApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      defaultIntegration: integrations.reader,
      corsPreflight: {
        allowOrigins: configuration.allowedOrigins,
        allowMethods: [...new Set(routes.map((route) => CorsHttpMethod[route.method]))],
        allowHeaders: requestHeaders,
        exposeHeaders: responseHeaders,
        // Browsers keep a preflight's answer for at most two hours (Chromium).
        maxAge: Duration.hours(2),
      },
    });
    for (const { method, path, entry } of routes) {
      api.addRoutes({ path, methods: [HttpMethod[method]], integration: integrations[entry] });
    }
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: configuration.throttle.ratePerSecond, burstLimit: configuration.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog(props)),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    this.url = stage.url;
    this.apiId = api.apiId;
    const { region, urlSuffix } = Stack.of(this);
    this.host = `${api.apiId}.execute-api.${region}.${urlSuffix}`;

    for (const lambda of Object.values(entries)) {
      Validations.of(lambda).acknowledge({
        id: 'Serverless-LambdaDLQ',
        reason: 'API Gateway waits for the answer, and tells of a failure.',
      });
    }
    Validations.of(api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'The functions verify the token themselves, by the access level that the route table gives each route: no second invocation, and public routes need none.',
    });
  }

  private accessLog({ configuration, key }: CommentApiProps): LogGroup {
    return new LogGroup(this, 'AccessLog', {
      retention: configuration.logRetentionDays,
      removalPolicy: removalPolicy(configuration),
      ...(key && { encryptionKey: key }),
    });
  }
}
