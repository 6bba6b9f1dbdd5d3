import { Stack } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';

/** A comment is text, whatever it looks like: to these it would be an attack, or too long (they stop at 8 KB, the API at 64). */
const bodies = ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY', 'EC2MetaDataSSRF_BODY'];
/** Counts of a hundred articles are asked for in more than 2 KB of query, and a newsroom's own programs may have no user agent. */
const promises = ['SizeRestrictions_QUERYSTRING', 'NoUserAgent_HEADER'];
/** Readers of technical news quote these; what is posted is never evaluated, and no function runs Java or renders React. */
const quotes = ['Log4JRCE_BODY', 'JavaDeserializationRCE_BODY', 'ReactJSRCE_BODY'];

/** "Baseline rule groups" and "IP reputation rule groups", AWS WAF Developer Guide, with the rules that only count. */
const managedGroups: readonly { readonly name: string; readonly onlyCount: readonly string[] }[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList', onlyCount: [] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', onlyCount: quotes },
  { name: 'AWSManagedRulesCommonRuleSet', onlyCount: [...bodies, ...promises] },
];

const fiveMinutesInSeconds = 300;

/** What the API would say (RFC 9457). WAF sends it as `application/json`, the closest of the three types that it knows. */
const tooMany = {
  type: '/problems/too-many-requests',
  title: 'Too many requests',
  status: 429,
  detail: 'Too many requests came from your address. Try again in a few minutes.',
};

/** The firewall of the edge. WAF keeps what belongs to CloudFront in us-east-1, wherever the rest is. */
export class FirewallStack extends Stack {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, configuration: Configuration) {
    super(scope, id, {
      description: `Understory, the firewall of its edge (${configuration.stage})`,
      terminationProtection: configuration.removalProtection,
      env: { region: 'us-east-1' },
    });
    const acl = new CfnWebACL(this, 'WebAcl', {
      description: this.stackName,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: measured(this.stackName),
      customResponseBodies: { tooMany: { contentType: 'APPLICATION_JSON', content: JSON.stringify(tooMany) } },
      rules: [ratePerAddress(configuration.edge.requestsPerFiveMinutes), ...managedGroups.map(managedRule)],
    });
    this.webAclArn = acl.attrArn;
  }
}

/** A page of another origin may read the refusal: a browser would otherwise hide from it that it should wait. */
function ratePerAddress(limit: number): CfnWebACL.RuleProperty {
  const headers = {
    'Retry-After': String(fiveMinutesInSeconds),
    'Cache-Control': 'private, no-store',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'retry-after',
  };
  return {
    name: 'RatePerAddress',
    priority: 0,
    statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit, evaluationWindowSec: fiveMinutesInSeconds } },
    action: {
      block: {
        customResponse: {
          responseCode: tooMany.status,
          customResponseBodyKey: 'tooMany',
          responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
        },
      },
    },
    visibilityConfig: measured('RatePerAddress'),
  };
}

function managedRule({ name, onlyCount }: (typeof managedGroups)[number], index: number): CfnWebACL.RuleProperty {
  return {
    name,
    priority: index + 1,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: onlyCount.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: measured(name),
  };
}

/** Sampled requests would show tokens and texts to whoever may open the console. */
const measured = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  metricName,
});
