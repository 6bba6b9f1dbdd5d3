import * as z from 'zod';
import { Problem } from '../problem.ts';
import type { Reading } from './properties.ts';

/** `AWS::ApiGatewayV2::Api` and its parts, AWS CloudFormation User Guide. */
export const apiReading = {
  matters: z.object({
    ProtocolType: z.literal('HTTP'),
    CorsConfiguration: z
      .strictObject({
        AllowOrigins: z.array(z.string()).default([]),
        AllowMethods: z.array(z.string()).default([]),
        AllowHeaders: z.array(z.string()).default([]),
        ExposeHeaders: z.array(z.string()).default([]),
        AllowCredentials: z.boolean().default(false),
        MaxAge: z.number().optional(),
      })
      .optional(),
  }),
  withoutEffect: ['Name', 'Description', 'DisableExecuteApiEndpoint', 'IpAddressType', 'Version', 'Tags'],
} satisfies Reading<z.ZodObject>;

export const integrationReading = {
  matters: z.object({
    ApiId: z.string(),
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
    /** 30 seconds at most ("Quotas for configuring and running an HTTP API"). */
    TimeoutInMillis: z.int().min(50).max(30_000).default(30_000),
  }),
  // The method with which API Gateway calls Lambda, not the caller's.
  withoutEffect: ['IntegrationMethod', 'Description', 'ConnectionType'],
} satisfies Reading<z.ZodObject>;

export const routeReading = {
  matters: z.object({ ApiId: z.string(), RouteKey: z.string(), Target: z.string(), AuthorizationType: z.literal('NONE').default('NONE') }),
  withoutEffect: ['OperationName', 'ApiKeyRequired'],
} satisfies Reading<z.ZodObject>;

export const stageReading = {
  matters: z.object({
    ApiId: z.string(),
    StageName: z.literal('$default', 'only the stage $default, which adds nothing to paths'),
    DefaultRouteSettings: z
      .strictObject({
        ThrottlingRateLimit: z.number().optional(),
        ThrottlingBurstLimit: z.number().optional(),
        DetailedMetricsEnabled: z.boolean().optional(),
      })
      .default({}),
    AutoDeploy: z.literal(true),
  }),
  withoutEffect: ['AccessLogSettings', 'Description', 'Tags'],
} satisfies Reading<z.ZodObject>;

export type CorsPlan = NonNullable<z.output<typeof apiReading.matters>['CorsConfiguration']>;

export interface RoutePlan {
  /** `METHOD /path/{name}`, `ANY /path/{rest+}` or `$default`. */
  readonly key: string;
  readonly functionName: string;
  readonly timeoutMilliseconds: number;
}

/** An HTTP API with its one stage. */
export interface ApiPlan {
  readonly id: string;
  readonly cors: CorsPlan | undefined;
  readonly routes: readonly RoutePlan[];
  /** Requests per second and at once; Infinity where the stage sets no limit of its own. */
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number };
}

type Properties<R extends Reading<z.ZodObject>> = z.output<R['matters']>;

/** Joins routes to the functions behind their integrations. */
export function planApi(
  id: string,
  api: Properties<typeof apiReading>,
  stage: Properties<typeof stageReading>,
  routes: readonly Properties<typeof routeReading>[],
  integrations: ReadonlyMap<string, Properties<typeof integrationReading>>,
): ApiPlan {
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = stage.DefaultRouteSettings;
  return {
    id,
    cors: api.CorsConfiguration,
    routes: routes.map(({ RouteKey, Target }) => {
      const integration = integrations.get(Target.replace(/^integrations\//, ''));
      if (integration === undefined) throw new Problem(`The route ${RouteKey} has no integration`);
      return {
        key: RouteKey,
        functionName: functionOf(integration.IntegrationUri),
        timeoutMilliseconds: integration.TimeoutInMillis,
      };
    }),
    throttle: {
      ratePerSecond: ThrottlingRateLimit ?? Number.POSITIVE_INFINITY,
      burst: ThrottlingBurstLimit ?? Number.POSITIVE_INFINITY,
    },
  };
}

/** The name in a function's ARN, bare or inside the path with which API Gateway invokes it. */
function functionOf(uri: string): string {
  const name = /:function:([A-Za-z0-9_-]+)(?:\/invocations)?$/.exec(uri)?.[1];
  if (name === undefined) throw new Problem(`The laptop does not understand the integration ${uri}`);
  return name;
}
