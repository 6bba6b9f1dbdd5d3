import type measuredFile from './measured.json';
import type pricesFile from './prices.json';

export type Measured = typeof measuredFile;
export type Prices = typeof pricesFile;

/** What happens in a month. */
export interface Volumes {
  readonly comments: number;
  /** Comments that are kept from all months so far, this one included. */
  readonly kept: number;
  /** Pages that readers ask for. */
  readonly reads: number;
  /** The share of reads that the edge answers, 0 to 1; without one there is no edge. */
  readonly edgeHits?: number;
}

export interface Line {
  readonly service: string;
  readonly what: string;
  readonly quantity: number;
  /** US dollars a month. */
  readonly cost: number;
}

const million = 1_000_000;
const gigabyte = 1_000_000_000;

/** What a month costs, by service, at list prices and without any free tier. */
export function estimate(volumes: Volumes, measured: Measured, prices: Prices): Line[] {
  const { comments, kept, reads, edgeHits } = volumes;
  const { comment, page, functions, commentInvocations, recounts, monitoring } = measured;
  const atOrigin = reads * (1 - (edgeHits ?? 0));
  const invocations = {
    page: atOrigin,
    post: comments * commentInvocations.post,
    settle: comments * commentInvocations.settle,
    announce: comments * commentInvocations.announce,
    housekeeping: recounts.rounds,
  };
  const names = ['page', 'post', 'settle', 'announce', 'housekeeping'] as const;
  const invoked = names.reduce((sum, name) => sum + invocations[name], 0);
  const gbSeconds = names.reduce((sum, name) => {
    const { memoryMb, milliseconds } = functions[name];
    return sum + (invocations[name] * (memoryMb / 1024) * milliseconds) / 1000;
  }, 0);
  const requests = comments + atOrigin;
  const logged = (invoked * measured.logBytesPerInvocation + requests * measured.logBytesPerRequest) / gigabyte;
  const stored = (kept * comment.storedBytes) / gigabyte;
  const sent = (reads * page.bytes) / gigabyte;
  const recounted = recounts.rounds * Math.min(recounts.unitsPerRound, kept * recounts.unitsPerComment);
  const metrics =
    monitoring.metrics.always + (reads > 0 ? monitoring.metrics.reading : 0) + (comments > 0 ? monitoring.metrics.commenting : 0);

  const line = (service: string, what: string, quantity: number, price: number): Line => ({
    ...{ service, what, quantity },
    cost: quantity * price,
  });
  const lines = [
    line('DynamoDB', 'million write units', (comments * comment.writeUnits) / million, prices.dynamodb.perMillionWriteUnits),
    line(
      'DynamoDB',
      'million read units',
      (comments * comment.readUnits + atOrigin * page.readUnits + recounted) / million,
      prices.dynamodb.perMillionReadUnits,
    ),
    line('DynamoDB', 'GB kept', stored, prices.dynamodb.perGbMonth),
    line('DynamoDB', 'GB recoverable', stored, prices.dynamodb.backupPerGbMonth),
    line('Lambda', 'million invocations', invoked / million, prices.lambda.perMillionRequests),
    line('Lambda', 'GB-seconds', gbSeconds, prices.lambda.perGbSecond),
    line('API Gateway', 'million requests', requests / million, prices.httpApi.perMillionRequests),
    line('EventBridge', 'million events', (comments * comment.events) / million, prices.eventBridge.perMillionEvents),
    line('CloudWatch', 'GB of logs', logged, prices.logs.perGb),
    line('CloudWatch', 'metrics', metrics, prices.cloudWatch.perMetricMonth),
    line('CloudWatch', 'metrics with alarms', monitoring.alarmMetrics, prices.cloudWatch.perAlarmMetricMonth),
    line('CloudWatch', 'dashboards', monitoring.dashboards, prices.cloudWatch.perDashboardMonth),
    line('KMS', 'keys', monitoring.keys, prices.kms.perKeyMonth),
    line(
      'Secrets Manager',
      'secrets',
      measured.secrets + (edgeHits === undefined ? 0 : measured.edge.secrets),
      prices.secrets.perSecretMonth,
    ),
  ];
  if (edgeHits === undefined) return [...lines, line('Transfer', 'GB to readers', sent, prices.transfer.perGb)];
  const { acls, rules } = measured.edge;
  const asked = (comments + reads) / million;
  return [
    ...lines,
    line('CloudFront', 'million requests', asked, prices.cloudFront.perMillionRequests),
    line('CloudFront', 'GB to readers', sent, prices.cloudFront.perGb),
    line('WAF', 'million requests', asked, prices.waf.perMillionRequests),
    line('WAF', 'access list and rules', 1, acls * prices.waf.perAclMonth + rules * prices.waf.perRuleMonth),
  ];
}

/** What the lines come to, in US dollars. */
export const total = (lines: readonly Line[]): number => lines.reduce((sum, { cost }) => sum + cost, 0);
