import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct, type IConstruct } from 'constructs';
import type { Configuration } from './configuration.ts';
import type { CommentApi } from './http-api.ts';

/** The header in which the functions look for the secret of the edge. */
const secretHeader = 'x-understory-edge';

/** Whatever is answered here is for one caller, so it is asked for every time. (`*` is any text, slashes too.) */
const personalPaths = ['/v1/me/*', '/v1/articles/*/me', '/v1/moderation/*', '/v1/admin/*'];

/** Statuses that CloudFront would keep for ten seconds, whatever `Cache-Control` says ("How CloudFront caches HTTP 4xx and 5xx status codes"). */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

export interface EdgeProps {
  readonly configuration: Configuration;
  readonly api: CommentApi;
  /** What the edge proves itself with. */
  readonly secret: string;
  /** What has to know a new secret before the edge sends it. */
  readonly after: readonly IConstruct[];
  readonly webAclArn?: string | undefined;
}

/** CloudFront before the API: it keeps what is public for as long as the API says, and hands everything else on. */
export class Edge extends Construct {
  readonly url: string;
  readonly domain: string;
  readonly distributionId: string;

  constructor(scope: Construct, id: string, { configuration, api, secret, after, webAclArn }: EdgeProps) {
    super(scope, id);
    const { domain } = configuration;
    const behaviour = {
      origin: new HttpOrigin(api.host, { customHeaders: { [secretHeader]: secret }, readTimeout: Duration.seconds(30) }),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      // API Gateway finds the API by its host. All else is handed on: tokens, preconditions, what a preflight asks.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: this.securityHeaders(),
      compress: true,
    };
    const personal: BehaviorOptions = { ...behaviour, cachePolicy: CachePolicy.CACHING_DISABLED };
    const distribution = new Distribution(this, 'Distribution', {
      comment: Stack.of(this).stackName,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: { ...behaviour, cachePolicy: this.asTheApiSays() },
      additionalBehaviors: Object.fromEntries(personalPaths.map((path) => [path, personal])),
      errorResponses: keptErrors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      ...(webAclArn !== undefined && { webAclId: webAclArn }),
      ...(domain && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
    });
    distribution.node.addDependency(...after);
    this.domain = distribution.distributionDomainName;
    this.url = `https://${domain?.name ?? this.domain}/`;
    this.distributionId = distribution.distributionId;
    this.pointDomainAt(distribution, domain);
    acknowledge(distribution, domain === undefined);
  }

  /**
   * By path, query and `Origin`, which decides what CORS allows; no public answer depends on any other header. `Authorization` is no part
   * of the key: what depends on it says `private, no-store`. Without `Cache-Control` nothing is kept.
   */
  private asTheApiSays(): CachePolicy {
    return new CachePolicy(this, 'AsTheApiSays', {
      comment: 'Public answers for as long as their Cache-Control says',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(1),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      headerBehavior: CacheHeaderBehavior.allowList('Origin'),
      cookieBehavior: CacheCookieBehavior.none(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }

  /** Where the API sends its own, as the reference does, they stay: it knows what its page needs. */
  private securityHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'SecurityHeaders', {
      comment: 'What browsers may not do with answers',
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", override: false },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: false },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: false },
      },
    });
  }

  private pointDomainAt(distribution: Distribution, domain: Configuration['domain']): void {
    if (domain?.hostedZone === undefined) return;
    const { id, name } = domain.hostedZone;
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId: id, zoneName: name });
    const record = { zone, recordName: `${domain.name}.`, target: RecordTarget.fromAlias(new CloudFrontTarget(distribution)) };
    new ARecord(this, 'Address', record);
    new AaaaRecord(this, 'Address6', record);
  }
}

function acknowledge(distribution: Distribution, withoutDomain: boolean): void {
  const exceptions = [
    { id: 'AwsSolutions-CFR1', reason: 'News is read everywhere: no country is shut out.' },
    {
      id: 'AwsSolutions-CFR3',
      reason:
        'CloudFront’s log would hold who read what from which address. The API logs every request that reaches it, without the address.',
    },
  ];
  const certificate = {
    id: 'AwsSolutions-CFR4',
    reason: 'Without a domain the certificate is CloudFront’s own, for which it chooses the protocols itself.',
  };
  Validations.of(distribution).acknowledge(...exceptions, ...(withoutDomain ? [certificate] : []));
}
