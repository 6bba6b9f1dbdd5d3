import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Operation, type Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { EventSourceMapping, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import type { Configuration } from './configuration.ts';
import { type FunctionName, functionNames } from './function-names.ts';
import { indexes } from './indexes.ts';

export interface MonitoringProps {
  readonly alarms: Exclude<Configuration['alarms'], false>;
  readonly apiId: string;
  readonly table: Table;
  readonly functions: Readonly<Record<FunctionName, { readonly lambda: LambdaFunction }>>;
  readonly mappings: readonly EventSourceMapping[];
  readonly failures: Queue;
  readonly schedule: Rule;
}

type Work = 'settling' | 'recounting' | 'queues';

const minutes = Duration.minutes;
/** What the functions do with the table. */
const operations = [
  Operation.GET_ITEM,
  Operation.BATCH_GET_ITEM,
  Operation.QUERY,
  Operation.PUT_ITEM,
  Operation.UPDATE_ITEM,
  Operation.DELETE_ITEM,
  Operation.TRANSACT_WRITE_ITEMS,
];
const streamed = ['settle', 'announce'] as const;

/**
 * What a person sees at a glance, and what wakes them: are readers served, are comments counted, are moderators needed, and what
 * does it cost. Nothing here is in the way of a request: the functions' own figures come out of their logs.
 */
export class Monitoring extends Construct {
  private readonly props: MonitoringProps;
  private readonly alarms: Alarms;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    this.props = props;
    const { alarms } = props;
    this.alarms = new Alarms(this, 'Alarms', { email: alarms.email });
    this.watchReaders();
    this.watchFunctions();
    this.watchCounts();
    this.watchModeration(alarms.heldMinutes);
    this.draw();
  }

  private watchReaders(): void {
    this.alarms.wake('ApiErrors', {
      metric: this.api('5xx', Stats.SUM),
      atLeast: 5,
      says: 'Five requests or more were answered with an error of ours (5xx) within five minutes.',
      page: 'api-errors',
    });
    this.alarms.wake('TableThrottles', {
      metric: filled(this.props.table.metricThrottledRequestsForOperations({ operations, period: minutes(5) }), 'Throttled requests'),
      atLeast: 1,
      inPeriods: [2, 3],
      says: 'The table refuses requests because there are too many for a partition, an index or the account.',
      page: 'table-throttles',
    });
    this.alarms.wake('TableErrors', {
      metric: filled(this.props.table.metricSystemErrorsForOperations({ operations, period: minutes(5) }), 'System errors'),
      atLeast: 1,
      inPeriods: [2, 3],
      says: 'DynamoDB itself fails.',
      page: 'table-errors',
    });
  }

  private watchFunctions(): void {
    for (const name of functionNames) {
      this.alarms.wake(`${name}Errors`, {
        metric: this.props.functions[name].lambda.metricErrors({ period: minutes(5) }),
        atLeast: 1,
        inPeriods: [2, 3],
        says: `The function ${name} breaks or runs out of time again and again.`,
        page: 'function-errors',
      });
      this.alarms.wake(`${name}Throttles`, {
        metric: this.props.functions[name].lambda.metricThrottles({ period: minutes(5) }),
        atLeast: 1,
        inPeriods: [2, 3],
        says: `Lambda does not run the function ${name} as often as it is asked to.`,
        page: 'function-throttles',
      });
    }
  }

  private watchCounts(): void {
    const latest = { settle: 60, announce: 300 };
    for (const name of streamed) {
      this.alarms.wake(`${name}Behind`, {
        metric: this.iteratorAge(name),
        atLeast: latest[name] * 1000,
        inPeriods: [3, 3],
        says: `The function ${name} is ${latest[name]} seconds and more behind the stream of the table.`,
        page: 'stream-behind',
      });
    }
    for (const [position, mapping] of this.props.mappings.entries()) {
      this.alarms.wake(`${streamed[position]}Dropped`, {
        metric: lambdaMetric('DroppedEventCount', { EventSourceMappingUUID: mapping.eventSourceMappingId }),
        atLeast: 1,
        says: `Changes were given up after all their tries by the function ${streamed[position]}.`,
        page: 'changes-given-up',
      });
    }
    this.alarms.wake('FailureQueue', {
      metric: this.props.failures.metricApproximateNumberOfMessagesVisible({ period: minutes(5), statistic: Stats.MAXIMUM }),
      atLeast: 1,
      says: 'Changes that could not be settled or announced wait in the failure queue.',
      page: 'changes-given-up',
    });
    this.alarms.wake('Drift', {
      metric: this.own('recounting', 'Drift', Stats.SUM, minutes(15)),
      atLeast: 1,
      says: 'A recount found a tally that was not the sum of its comments, and mended it.',
      page: 'drift',
    });
    this.alarms.wake('ScheduleFailed', {
      metric: new Metric({
        namespace: 'AWS/Events',
        metricName: 'FailedInvocations',
        dimensionsMap: { RuleName: this.props.schedule.ruleName },
        statistic: Stats.SUM,
        period: minutes(5),
      }),
      atLeast: 1,
      says: 'EventBridge could not hand an event to the function housekeeping.',
      page: 'housekeeping-idle',
    });
    this.alarms.wake('HousekeepingIdle', {
      metric: new MathExpression({
        expression: 'IF(FILL(runs, 0) < 1, 1, 0)',
        usingMetrics: { runs: this.props.functions.housekeeping.lambda.metricInvocations({ period: Duration.hours(1) }) },
        period: Duration.hours(1),
        label: 'Hours without a run',
      }),
      atLeast: 1,
      inPeriods: [2, 2],
      whenMissing: TreatMissingData.BREACHING,
      says: 'Nothing was recounted for two hours: drift would go unseen, and so would comments that wait.',
      page: 'housekeeping-idle',
    });
  }

  private watchModeration(heldMinutes: number): void {
    this.alarms.wake('HeldTooLong', {
      metric: this.own('queues', 'OldestHeldMinutes', Stats.MAXIMUM, minutes(15)),
      atLeast: heldMinutes,
      // Without a measurement, what was true still is: HousekeepingIdle tells that there is none.
      whenMissing: TreatMissingData.IGNORE,
      says: `A comment has waited for a moderator for ${heldMinutes} minutes or more.`,
      page: 'held-too-long',
    });
  }

  /** One row for each question. */
  private draw(): void {
    const { functions, failures } = this.props;
    const all = (of: (lambda: LambdaFunction) => IMetric) => functionNames.map((name) => of(functions[name].lambda));
    const verdicts = ['Approved', 'Held', 'Rejected', 'Spam', 'Muted'].map((name) => this.own('settling', name, Stats.SUM));
    new Dashboard(this, 'Dashboard', {
      defaultInterval: Duration.hours(12),
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: this.alarms.all, width: 24, height: 4 })],
        [heading('Are readers served?')],
        [
          graph('Requests', [this.api('Count', Stats.SUM)]),
          graph('Errors', [this.api('5xx', Stats.SUM), this.api('4xx', Stats.SUM)]),
          graph('Milliseconds until answered', [this.api('Latency', Stats.p(50)), this.api('Latency', Stats.p(99))]),
        ],
        [heading('Are comments counted?')],
        [
          graph('Milliseconds from post to count', [
            this.own('settling', 'SettleLag', Stats.p(50)),
            this.own('settling', 'SettleLag', Stats.p(99)),
          ]),
          graph(
            'Behind the stream, in milliseconds',
            streamed.map((name) => this.iteratorAge(name)),
          ),
          graph('Drift and changes given up', [
            this.own('recounting', 'Drift', Stats.SUM, minutes(15)),
            failures.metricApproximateNumberOfMessagesVisible(),
          ]),
        ],
        [heading('Are moderators needed?')],
        [
          graph(
            'Waiting',
            ['HeldWaiting', 'ReportedWaiting', 'AppealsWaiting'].map((name) => this.own('queues', name, Stats.MAXIMUM, minutes(15))),
          ),
          graph('Minutes that the longest has waited', [this.own('queues', 'OldestHeldMinutes', Stats.MAXIMUM, minutes(15))]),
          graph('Verdicts', verdicts),
        ],
        [heading('What does it cost?')],
        [
          graph('Request units by table and index', this.consumption()),
          graph(
            'Milliseconds of Lambda',
            all((lambda) => lambda.metricDuration({ statistic: Stats.SUM })),
          ),
          graph(
            'Invocations',
            all((lambda) => lambda.metricInvocations()),
          ),
        ],
      ],
    });
  }

  private api(metricName: string, statistic: string): Metric {
    const dimensionsMap = { ApiId: this.props.apiId };
    return new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap, statistic, period: minutes(5) });
  }

  private iteratorAge(name: FunctionName): Metric {
    const { functionName: FunctionName } = this.props.functions[name].lambda;
    return lambdaMetric('IteratorAge', { FunctionName }, Stats.MAXIMUM, minutes(1));
  }

  /** What the functions measure themselves, see `functions/http/metrics.ts`. */
  private own(work: Work, metricName: string, statistic: string, period = minutes(5)): Metric {
    const namespace = Stack.of(this).stackName;
    return new Metric({ namespace, metricName, dimensionsMap: { Work: work }, statistic, period });
  }

  /** The units of all functions, by where they were consumed: a search, because few functions consume everywhere. */
  private consumption(): IMetric[] {
    const namespace = Stack.of(this).stackName;
    return ['table', ...Object.keys(indexes)].map((place) => {
      const name = `${place.charAt(0).toUpperCase()}${place.slice(1)}Units`;
      const expression = `SUM(SEARCH('{"${namespace}",Function} MetricName="${name}"', 'Sum', 300))`;
      return new MathExpression({ expression, label: place, period: minutes(5) });
    });
  }
}

const lambdaMetric = (
  metricName: string,
  dimensionsMap: Record<string, string>,
  statistic: string = Stats.SUM,
  period = minutes(5),
): Metric => new Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap, statistic, period });

/** A sum of metrics of which each is there only when it has happened: whichever is not there counts as none. */
function filled(sum: IMetric, label: string): MathExpression {
  const { usingMetrics, period } = sum as MathExpression;
  const terms = Object.keys(usingMetrics).map((id) => `FILL(${id}, 0)`);
  return new MathExpression({ expression: terms.join(' + '), usingMetrics, period, label });
}

const heading = (question: string): TextWidget => new TextWidget({ markdown: `## ${question}`, width: 24, height: 1 });

const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 8, height: 6, leftYAxis: { min: 0 } });
