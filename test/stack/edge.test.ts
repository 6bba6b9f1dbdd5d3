import { describe, expect, it, test } from 'vitest';
import { routes } from '../../functions/routes.ts';
import { functionNames } from '../../lib/function-names.ts';
import { deployments } from './deployments.ts';
import { configure, SynthesisedStack, withEdge } from './synthesise.ts';

const stack = new SynthesisedStack(configure({ ...withEdge, edge: { requestsPerFiveMinutes: 700 } }));
const distribution = stack.sole('AWS::CloudFront::Distribution').Properties.DistributionConfig;
const cachePolicy = stack.sole('AWS::CloudFront::CachePolicy').Properties.CachePolicyConfig;
const origin = distribution.Origins[0];
const outputs = (of: SynthesisedStack): Record<string, { Value: unknown }> => of.template.toJSON().Outputs;

/** AWS's own: "Managed cache policies" and "Managed origin request policies", Amazon CloudFront Developer Guide. */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allViewerExceptHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const behaviours = [...distribution.CacheBehaviors, { ...distribution.DefaultCacheBehavior, PathPattern: '*' }];
/** The behaviour that CloudFront takes for a path: the first whose pattern matches, where `*` is any text. */
const behaviourOf = (path: string) =>
  behaviours.find(({ PathPattern }) => new RegExp(`^${PathPattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path));
const exampleOf = (path: string) => path.replaceAll(/\{\w+\}/g, '01a2088d-f507-715d-86ca-db356ea1fb99');
const gets = routes.filter(({ method }) => method === 'GET');

describe('what is kept', () => {
  it.each(gets.filter(({ access }) => access === 'public'))('$path is kept for as long as the API says', ({ path }) => {
    expect(behaviourOf(exampleOf(path)).CachePolicyId).toEqual({ Ref: expect.stringMatching(/^EdgeAsTheApiSays/) });
  });

  it.each(gets.filter(({ access }) => access !== 'public'))('$path, which is for $access, is never kept', ({ path }) => {
    expect(behaviourOf(exampleOf(path)).CachePolicyId).toBe(cachingDisabled);
  });

  it.each(['/v1/me/next', '/v1/moderation/next', '/v1/admin/next'])('%s would not be kept either, whatever comes to be there', (path) => {
    expect(behaviourOf(path).CachePolicyId).toBe(cachingDisabled);
  });

  it('nothing is kept that does not say so, and nothing but answers to GET and HEAD', () => {
    expect(cachePolicy).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 24 * 60 * 60 });
    for (const { CachedMethods = ['GET', 'HEAD'] } of behaviours) expect(CachedMethods).toEqual(['GET', 'HEAD']);
  });

  it('answers differ by path, whole query and origin, and are compressed; no token and no cookie is part of the key', () => {
    expect(cachePolicy.ParametersInCacheKeyAndForwardedToOrigin).toEqual({
      CookiesConfig: { CookieBehavior: 'none' },
      HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Origin'] },
      QueryStringsConfig: { QueryStringBehavior: 'all' },
      EnableAcceptEncodingGzip: true,
      EnableAcceptEncodingBrotli: true,
    });
    for (const { Compress } of behaviours) expect(Compress).toBe(true);
  });

  it('no error is kept: what is missing now may be there in a second', () => {
    const kept = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
    expect(distribution.CustomErrorResponses).toEqual(kept.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })));
  });
});

describe('what passes', () => {
  it('every method, every header but the host, so that tokens, preconditions and preflights arrive', () => {
    for (const { AllowedMethods, OriginRequestPolicyId } of behaviours) {
      expect(new Set(AllowedMethods)).toEqual(new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']));
      expect(OriginRequestPolicyId).toBe(allViewerExceptHost);
    }
  });

  it('only over HTTPS, on both sides, with HTTP/3 where a browser has it', () => {
    for (const { ViewerProtocolPolicy } of behaviours) expect(ViewerProtocolPolicy).toBe('https-only');
    expect(origin.CustomOriginConfig).toEqual({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
      OriginReadTimeout: 30,
    });
    expect(distribution.HttpVersion).toBe('http2and3');
  });

  it('to the HTTP API', () => {
    const [apiId] = Object.keys(stack.resources('AWS::ApiGatewayV2::Api'));
    expect(origin.DomainName).toEqual({ 'Fn::Join': ['', [{ Ref: apiId }, '.execute-api.eu-central-1.', { Ref: 'AWS::URLSuffix' }]] });
  });
});

test('browsers are told what they may not do, save where the API says it itself', () => {
  const { SecurityHeadersConfig } = stack.sole('AWS::CloudFront::ResponseHeadersPolicy').Properties.ResponseHeadersPolicyConfig;

  expect(SecurityHeadersConfig).toEqual({
    ContentTypeOptions: { Override: true },
    StrictTransportSecurity: { AccessControlMaxAgeSec: 365 * 24 * 60 * 60, Override: true },
    ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", Override: false },
    FrameOptions: { FrameOption: 'DENY', Override: false },
    ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: false },
  });
  for (const { ResponseHeadersPolicyId } of behaviours)
    expect(ResponseHeadersPolicyId).toEqual({ Ref: expect.stringMatching(/^EdgeSecurityHeaders/) });
});

describe('the secret of the edge', () => {
  const reference = (number: number) => ({
    'Fn::Join': [
      '',
      ['{{resolve:secretsmanager:', { Ref: expect.stringMatching(new RegExp(`^EdgeSecretsSecret${number}`)) }, ':SecretString:::}}'],
    ],
  });
  const environment = (of: SynthesisedStack, name: (typeof functionNames)[number]) => of.lambda(name)[1].Properties.Environment.Variables;
  const entries = ['reader', 'member', 'publisher', 'moderator'] as const;

  it('is sent to the API, whose every entry asks for it', () => {
    expect(origin.OriginCustomHeaders).toEqual([{ HeaderName: 'x-understory-edge', HeaderValue: reference(1) }]);
    for (const name of entries) expect(environment(stack, name).EDGE_SECRET).toEqual(reference(1));
    expect(functionNames.filter((name) => 'EDGE_SECRET' in environment(stack, name))).toEqual(entries);
  });

  it('has none before it at first', () => {
    expect(environment(stack, 'reader')).not.toHaveProperty('EDGE_SECRET_BEFORE');
  });

  it('is changed with the next number: the edge sends the new one, once every entry takes both', () => {
    const changing = new SynthesisedStack(configure({ ...withEdge, edge: { originSecret: 2 } }));
    const { Properties, DependsOn } = changing.sole('AWS::CloudFront::Distribution');

    expect(Properties.DistributionConfig.Origins[0].OriginCustomHeaders[0].HeaderValue).toEqual(reference(2));
    for (const name of entries) {
      expect(environment(changing, name)).toMatchObject({ EDGE_SECRET: reference(2), EDGE_SECRET_BEFORE: reference(1) });
      expect(DependsOn).toContain(changing.lambda(name)[0]);
    }
  });

  it('goes with the stack or the next number: it is worth nothing afterwards', () => {
    const [secret] = Object.entries(stack.resources('AWS::SecretsManager::Secret'))
      .find(([id]) => /^EdgeSecrets/.test(id))!
      .slice(1);
    expect(secret).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });
});

interface ManagedRule {
  readonly Priority: number;
  readonly OverrideAction: object;
  readonly Statement: {
    readonly ManagedRuleGroupStatement: {
      readonly VendorName: string;
      readonly Name: string;
      readonly RuleActionOverrides: readonly { readonly Name: string; readonly ActionToUse: object }[];
    };
  };
}

describe('the firewall', () => {
  const [acl] = Object.values(stack.firewall!.findResources('AWS::WAFv2::WebACL'));
  const [rate, ...managed] = acl!.Properties.Rules;

  it('stands before the edge, in us-east-1, where CloudFront looks for it', () => {
    expect(acl!.Properties).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    expect(distribution.WebACLId).toEqual({
      'Fn::GetStackOutput': { StackName: 'Understory-test-Firewall', Region: 'us-east-1', OutputName: expect.any(String) },
    });
    expect(stack.firewall!.toJSON().Outputs[distribution.WebACLId['Fn::GetStackOutput'].OutputName].Value).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^WebAcl/), 'Arn'],
    });
  });

  it('answers an address that asks too much in the words of the API, and says for how long', () => {
    expect(rate).toMatchObject({
      Priority: 0,
      Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 700, EvaluationWindowSec: 300 } },
      Action: { Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: 'tooMany' } } },
    });
    expect(rate.Action.Block.CustomResponse.ResponseHeaders).toEqual([
      { Name: 'Retry-After', Value: '300' },
      { Name: 'Cache-Control', Value: 'private, no-store' },
      { Name: 'Access-Control-Allow-Origin', Value: '*' },
      { Name: 'Access-Control-Expose-Headers', Value: 'retry-after' },
    ]);
    expect(JSON.parse(acl!.Properties.CustomResponseBodies.tooMany.Content)).toEqual({
      type: '/problems/too-many-requests',
      title: 'Too many requests',
      status: 429,
      detail: expect.stringContaining('Try again'),
    });
    expect(acl!.Properties.CustomResponseBodies.tooMany.ContentType).toBe('APPLICATION_JSON');
  });

  it('applies AWS’s groups, but lets through what a comment may be and the contract allows', () => {
    const group = ({ Statement, OverrideAction, Priority }: ManagedRule) => {
      const { VendorName, Name, RuleActionOverrides } = Statement.ManagedRuleGroupStatement;
      for (const { ActionToUse } of RuleActionOverrides) expect(ActionToUse).toEqual({ Count: {} });
      expect([VendorName, OverrideAction]).toEqual(['AWS', { None: {} }]);
      return [Priority, Name, RuleActionOverrides.map((rule) => rule.Name)];
    };

    expect(managed.map(group)).toEqual([
      [1, 'AWSManagedRulesAmazonIpReputationList', []],
      [2, 'AWSManagedRulesKnownBadInputsRuleSet', ['Log4JRCE_BODY', 'JavaDeserializationRCE_BODY', 'ReactJSRCE_BODY']],
      [
        3,
        'AWSManagedRulesCommonRuleSet',
        [
          ...['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY', 'EC2MetaDataSSRF_BODY'],
          ...['SizeRestrictions_QUERYSTRING', 'NoUserAgent_HEADER'],
        ],
      ],
    ]);
  });

  it('is measured, without samples, which would show tokens and texts', () => {
    for (const { VisibilityConfig } of [acl!.Properties, rate, ...managed]) {
      expect(VisibilityConfig).toMatchObject({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: false });
    }
  });
});

describe('the address', () => {
  it('is that of the edge, without a domain', () => {
    const [id] = Object.keys(stack.resources('AWS::CloudFront::Distribution'));
    const domain = { 'Fn::GetAtt': [id, 'DomainName'] };

    expect(outputs(stack)).toMatchObject({
      ApiUrl: { Value: { 'Fn::Join': ['', ['https://', domain, '/']] } },
      EdgeDomain: { Value: domain },
      DistributionId: { Value: { Ref: id } },
    });
  });

  it('is the domain, where there is one, which Route 53 points at the edge if it keeps the zone', () => {
    const named = new SynthesisedStack(configure(deployments.find(({ name }) => name === 'an edge at a domain in Route 53')!.changes));
    const { Aliases, ViewerCertificate } = named.sole('AWS::CloudFront::Distribution').Properties.DistributionConfig;

    expect(outputs(named).ApiUrl?.Value).toBe('https://comments.example.com/');
    expect(Aliases).toEqual(['comments.example.com']);
    expect(ViewerCertificate).toMatchObject({
      MinimumProtocolVersion: 'TLSv1.2_2021',
      AcmCertificateArn: expect.stringContaining(':us-east-1:'),
    });
    const [id] = Object.keys(named.resources('AWS::CloudFront::Distribution'));
    const record = (Type: string) => ({
      ...{ Type, Name: 'comments.example.com.', HostedZoneId: 'Z0123' },
      AliasTarget: expect.objectContaining({ DNSName: { 'Fn::GetAtt': [id, 'DomainName'] } }),
    });
    const records = Object.values(named.resources('AWS::Route53::RecordSet')).map(({ Properties }) => Properties);
    expect(records).toEqual([record('A'), record('AAAA')]);
  });
});

test('without an edge there is no firewall, no secret to show, and the address is that of API Gateway', () => {
  const alone = new SynthesisedStack();

  expect(alone.firewall).toBeUndefined();
  expect(Object.keys(alone.resources('AWS::CloudFront::Distribution'))).toEqual([]);
  for (const name of functionNames) expect(alone.lambda(name)[1].Properties.Environment.Variables).not.toHaveProperty('EDGE_SECRET');
});
