import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { functionNames } from '../../lib/function-names.ts';
import { indexes } from '../../lib/indexes.ts';
import { configure, type Resource, SynthesisedStack } from './synthesise.ts';

type Alarm = Resource['Properties'] & { name: string };

const stack = new SynthesisedStack(configure({ alarms: { email: 'desk@news.example', heldMinutes: 90 } }));
const alarms = Object.entries(stack.resources('AWS::CloudWatch::Alarm')).map(
  ([id, { Properties }]): Alarm => ({
    ...Properties,
    name: id.replace(/^MonitoringAlarms/, '').replace(/[0-9A-F]{8}$/, ''),
  }),
);
const [topicId, topic] = Object.entries(stack.resources('AWS::SNS::Topic'))[0]!;
const [keyId] = Object.keys(stack.resources('AWS::KMS::Key'));

/** What an alarm looks at: the metric, or the metrics that it reckons with. */
function metricsOf({ MetricName, Metrics }: Alarm): unknown {
  const used = (Metrics ?? []) as { MetricStat?: { Metric: { MetricName: string } } }[];
  return MetricName ?? [...new Set(used.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? []))].join();
}

/** How the values of each metric are put together, and in how many seconds: `sum, 300`. */
function statisticsOf({ Statistic, ExtendedStatistic, Period, Metrics }: Alarm): string[] {
  const used = (Metrics ?? []) as { MetricStat?: { Stat: string; Period: number } }[];
  const each = Metrics ? used.flatMap(({ MetricStat }) => MetricStat ?? []) : [{ Stat: Statistic ?? ExtendedStatistic, Period }];
  return [...new Set(each.map(({ Stat, Period: seconds }) => `${Stat}, ${seconds}`))];
}

interface Source {
  readonly Namespace: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
}

/** Where the values of an alarm come from: `AWS/Lambda, FunctionName readerFunction`. */
function sourcesOf({ Namespace, Dimensions = [], Metrics }: Alarm): string {
  const used = (Metrics ?? []) as { MetricStat?: { Metric: Source } }[];
  const each: Source[] = Metrics ? used.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) : [{ Namespace, Dimensions }];
  const named = (value: unknown) => (typeof value === 'string' ? value : String(Object.values(value as object).flat()[0]));
  const source = ({ Namespace: namespace, Dimensions: of = [] }: Source) => [
    namespace,
    ...of.filter(({ Name }) => Name !== 'Operation').map(({ Name, Value }) => `${Name} ${named(Value).replace(/[0-9A-F]{8}$/, '')}`),
  ];
  return [...new Set(each.map((of) => source(of).join(', ')))].join('; ');
}

/** Each alarm by its name: its metric, from when on it goes off, in how many periods of how many, and what a gap means. */
const expected: Record<string, [metric: string, atLeast: number, periods: string, whenMissing: string, page: string]> = {
  ApiErrors: ['5xx', 5, '1 of 1', 'notBreaching', 'api-errors'],
  TableThrottles: ['ThrottledRequests', 1, '2 of 3', 'notBreaching', 'table-throttles'],
  TableErrors: ['SystemErrors', 1, '2 of 3', 'notBreaching', 'table-errors'],
  ...Object.fromEntries(
    functionNames.flatMap((name) => [
      [`${name}Errors`, ['Errors', 1, '2 of 3', 'notBreaching', 'function-errors']],
      [`${name}Throttles`, ['Throttles', 1, '2 of 3', 'notBreaching', 'function-throttles']],
    ]),
  ),
  settleBehind: ['IteratorAge', 60_000, '3 of 3', 'notBreaching', 'stream-behind'],
  announceBehind: ['IteratorAge', 300_000, '3 of 3', 'notBreaching', 'stream-behind'],
  settleDropped: ['DroppedEventCount', 1, '1 of 1', 'notBreaching', 'changes-given-up'],
  announceDropped: ['DroppedEventCount', 1, '1 of 1', 'notBreaching', 'changes-given-up'],
  FailureQueue: ['ApproximateNumberOfMessagesVisible', 1, '1 of 1', 'notBreaching', 'changes-given-up'],
  Drift: ['Drift', 1, '1 of 1', 'notBreaching', 'drift'],
  ScheduleFailed: ['FailedInvocations', 1, '1 of 1', 'notBreaching', 'housekeeping-idle'],
  HousekeepingIdle: ['Invocations', 1, '2 of 2', 'breaching', 'housekeeping-idle'],
  HeldTooLong: ['OldestHeldMinutes', 90, '1 of 1', 'ignore', 'held-too-long'],
};

describe('alarms', () => {
  it('take what was not measured of a sum for none, or the sum might have no value', () => {
    const reckoning = alarms.filter(({ Metrics }) => Metrics !== undefined);
    expect(reckoning.length).toBeGreaterThan(0);
    for (const { Metrics } of reckoning) {
      const metrics = Metrics as { Id: string; Expression?: string; MetricStat?: object }[];
      const expression = metrics.find(({ Expression }) => Expression !== undefined)?.Expression;
      for (const { Id } of metrics.filter(({ MetricStat }) => MetricStat !== undefined)) expect(expression).toContain(`FILL(${Id}, 0)`);
    }
  });

  it('are these, each with its threshold, what a gap in its metric means, and its page of the runbook', () => {
    const found = alarms.map((alarm) => [
      alarm.name,
      [
        metricsOf(alarm),
        alarm.Threshold,
        `${alarm.DatapointsToAlarm} of ${alarm.EvaluationPeriods}`,
        alarm.TreatMissingData,
        /docs\/runbook\.md#([\w-]+)$/.exec(alarm.AlarmDescription)?.[1],
      ],
    ]);

    expect(Object.fromEntries(found)).toEqual(expected);
    for (const { ComparisonOperator } of alarms) expect(ComparisonOperator).toBe('GreaterThanOrEqualToThreshold');
  });

  it('add up what happened in five minutes, save where the worst counts, or it is measured more seldom', () => {
    const unlike = alarms.filter((alarm) => statisticsOf(alarm).join() !== 'Sum, 300');

    expect(Object.fromEntries(unlike.map((alarm) => [alarm.name, statisticsOf(alarm)]))).toEqual({
      settleBehind: ['Maximum, 60'],
      announceBehind: ['Maximum, 60'],
      FailureQueue: ['Maximum, 300'],
      Drift: ['Sum, 900'],
      HousekeepingIdle: ['Sum, 3600'],
      HeldTooLong: ['Maximum, 900'],
    });
  });

  it('look where AWS, or a function of ours, writes the metric', () => {
    expect(Object.fromEntries(alarms.map((alarm) => [alarm.name, sourcesOf(alarm)]))).toEqual({
      ApiErrors: 'AWS/ApiGateway, ApiId HttpApi',
      TableThrottles: 'AWS/DynamoDB, TableName CommentsTable',
      TableErrors: 'AWS/DynamoDB, TableName CommentsTable',
      ...Object.fromEntries(
        functionNames.flatMap((name) => [
          [`${name}Errors`, `AWS/Lambda, FunctionName ${name}Function`],
          [`${name}Throttles`, `AWS/Lambda, FunctionName ${name}Function`],
        ]),
      ),
      settleBehind: 'AWS/Lambda, FunctionName settleFunction',
      announceBehind: 'AWS/Lambda, FunctionName announceFunction',
      settleDropped: 'AWS/Lambda, EventSourceMappingUUID StreamSettling',
      announceDropped: 'AWS/Lambda, EventSourceMappingUUID StreamAnnouncing',
      FailureQueue: 'AWS/SQS, QueueName StreamFailures',
      Drift: 'Understory-test, Work recounting',
      ScheduleFailed: 'AWS/Events, RuleName HousekeepingRule',
      HousekeepingIdle: 'AWS/Lambda, FunctionName housekeepingFunction',
      HeldTooLong: 'Understory-test, Work queues',
    });
  });

  it('all tell the topic when they go off and when it is over', () => {
    for (const { AlarmActions, OKActions } of alarms) expect([AlarmActions, OKActions]).toEqual([[{ Ref: topicId }], [{ Ref: topicId }]]);
  });

  it('look at whatever the functions do with the table', () => {
    const done = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems'];
    for (const name of ['TableThrottles', 'TableErrors']) {
      const used = alarms.find((alarm) => alarm.name === name)?.Metrics as { MetricStat?: { Metric: Resource['Properties'] } }[];
      const dimensions = used.flatMap(({ MetricStat }) => MetricStat?.Metric.Dimensions ?? []) as { Name: string; Value: string }[];

      expect(dimensions.filter(({ Name }) => Name === 'Operation').map(({ Value }) => Value)).toEqual(done);
    }
  });

  it('have the mappings measure what they drop', () => {
    const mappings = Object.values(stack.resources('AWS::Lambda::EventSourceMapping'));

    expect(mappings.map(({ Properties }) => Properties.MetricsConfig)).toEqual([{ Metrics: ['EventCount'] }, { Metrics: ['EventCount'] }]);
  });
});

describe('the runbook', () => {
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const sections = runbook.split(/^## /m).slice(1);
  const anchorOf = (heading: string) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .trim()
      .replaceAll(/\s/g, '-');
  const anchors = sections.map((section) => anchorOf(section.split('\n', 1)[0]!));

  it.each(Object.entries(expected))('has the page that %s points at', (_, [, , , , page]) => {
    expect(anchors).toContain(page);
  });

  it.each(sections.map((section) => [section.split('\n', 1)[0]!, section]))(
    'says what "%s" means, how to look and what to do',
    (_, section) => {
      for (const part of ['**It means**', '**Look**', '**Do**']) expect(section).toContain(part);
    },
  );
});

describe('the topic', () => {
  it('is encrypted with a key that alarms may use, which the key that AWS manages lets nobody do', () => {
    expect(topic.Properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [keyId, 'Arn'] });
    const { EnableKeyRotation, KeyPolicy } = stack.sole('AWS::KMS::Key').Properties;
    expect(EnableKeyRotation).toBe(true);
    expect(KeyPolicy.Statement).toContainEqual({
      ...{ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Resource: '*' },
      ...{
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    });
  });

  it('takes what alarms of this account say, and nothing that is not encrypted on the way', () => {
    const { Statement } = stack.sole('AWS::SNS::TopicPolicy').Properties.PolicyDocument;

    expect(Statement).toContainEqual({
      ...{ Sid: expect.any(String), Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } },
      ...{ Action: 'sns:Publish', Resource: { Ref: topicId } },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
    expect(Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Action: 'sns:Publish', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });

  it('writes to whom the configuration names, and to nobody otherwise', () => {
    expect(stack.sole('AWS::SNS::Subscription').Properties).toEqual({
      ...{ Protocol: 'email', Endpoint: 'desk@news.example', TopicArn: { Ref: topicId } },
    });
    expect(new SynthesisedStack().resources('AWS::SNS::Subscription')).toEqual({});
  });
});

describe('the dashboard', () => {
  const parts: unknown[] = stack.sole('AWS::CloudWatch::Dashboard').Properties.DashboardBody['Fn::Join'][1];
  const dashboard = JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'reference')).join(''));
  const widgets: Resource['Properties'][] = dashboard.widgets;
  const graphs = widgets.filter(({ type }) => type === 'metric').map(({ properties }) => properties);

  /** A line of a graph: `Latency p99`, or the metric that it searches for. */
  const lineOf = (metric: unknown[]) => {
    const { stat, expression } = metric.at(-1) as { stat?: string; expression?: string };
    return expression === undefined ? `${metric[1]} ${stat}` : /MetricName="(\w+)"', 'Sum'/.exec(expression)?.[1];
  };

  it('shows the alarms, and answers its questions in one row each', () => {
    const rows = widgets.filter(({ type }) => type !== 'metric').map(({ type, properties }) => properties.markdown ?? type);

    expect(rows).toEqual([
      'alarm',
      '## Are readers served?',
      '## Are comments counted?',
      '## Are moderators needed?',
      '## What does it cost?',
    ]);
  });

  it('draws this, of the last twelve hours and from zero on', () => {
    expect(Object.fromEntries(graphs.map(({ title, metrics }) => [title, metrics.map(lineOf)]))).toEqual({
      Requests: ['Count Sum'],
      Errors: ['5xx Sum', '4xx Sum'],
      'Milliseconds until answered': ['Latency p50', 'Latency p99'],
      'Milliseconds from post to count': ['SettleLag p50', 'SettleLag p99'],
      'Behind the stream, in milliseconds': ['IteratorAge Maximum', 'IteratorAge Maximum'],
      'Drift and changes given up': ['Drift Sum', 'ApproximateNumberOfMessagesVisible Maximum'],
      Waiting: ['HeldWaiting Maximum', 'ReportedWaiting Maximum', 'AppealsWaiting Maximum'],
      'Minutes that the longest has waited': ['OldestHeldMinutes Maximum'],
      Verdicts: ['Approved Sum', 'Held Sum', 'Rejected Sum', 'Spam Sum', 'Muted Sum'],
      'Request units by table and index': [
        'TableUnits',
        ...Object.keys(indexes).map((index) => `${index.charAt(0).toUpperCase()}${index.slice(1)}Units`),
      ],
      'Milliseconds of Lambda': functionNames.map(() => 'Duration Sum'),
      Invocations: functionNames.map(() => 'Invocations Sum'),
    });
    for (const { yAxis } of graphs) expect(yAxis).toEqual({ left: { min: 0 } });
    expect(dashboard.start).toBe('-PT12H');
  });
});

test('sites and stages side by side look at metrics of their own', () => {
  const namespaces = (changes: Parameters<typeof configure>[0]) => {
    const { template } = new SynthesisedStack(configure(changes));
    return new Set(JSON.stringify(template.toJSON()).match(/Understory-\w+(-\w+)*/g));
  };

  expect(namespaces({ site: 'sports' })).toEqual(new Set(['Understory-sports-test']));
  expect(namespaces({ stage: 'trial' })).toEqual(new Set(['Understory-trial']));
});

test('a stage that nobody watches has none of it', () => {
  const unwatched = new SynthesisedStack(configure({ alarms: false }));

  for (const type of [
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::KMS::Key',
  ]) {
    expect(unwatched.resources(type)).toEqual({});
  }
});

test('a round of housekeeping that failed is not run again before the next quarter of an hour', () => {
  const [functionId] = stack.lambda('housekeeping');

  expect(stack.sole('AWS::Lambda::EventInvokeConfig').Properties).toEqual({
    ...{ FunctionName: { Ref: functionId }, Qualifier: '$LATEST', MaximumRetryAttempts: 0 },
  });
});

test('housekeeping goes off every quarter of an hour, and only this rule may invoke it', () => {
  const [ruleId, rule] = Object.entries(stack.resources('AWS::Events::Rule'))[0]!;
  const [functionId] = stack.lambda('housekeeping');
  const permissions = Object.values(stack.resources('AWS::Lambda::Permission')).filter(
    ({ Properties }) => Properties.FunctionName['Fn::GetAtt'][0] === functionId,
  );

  expect(rule.Properties).toMatchObject({
    ...{ ScheduleExpression: 'rate(15 minutes)', State: 'ENABLED', Targets: [{ Arn: { 'Fn::GetAtt': [functionId, 'Arn'] } }] },
  });
  expect(permissions.map(({ Properties }) => [Properties.Principal, Properties.SourceArn])).toEqual([
    ['events.amazonaws.com', { 'Fn::GetAtt': [ruleId, 'Arn'] }],
  ]);
});
