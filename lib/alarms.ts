import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface AlarmsProps {
  /** Who is written to; nobody, if it is left out. */
  readonly email?: string | undefined;
}

/** What wakes somebody, and when. */
export interface Wake {
  readonly metric: IMetric;
  /** Goes off at this and above it. */
  readonly atLeast: number;
  /** Of how many periods how many must be so; otherwise the last one. */
  readonly inPeriods?: readonly [bad: number, of: number];
  /** What it says when nothing was measured; otherwise that all is well. */
  readonly whenMissing?: TreatMissingData;
  /** What has happened, in a sentence. */
  readonly says: string;
  /** The heading in `docs/runbook.md` that tells what to do, as its anchor. */
  readonly page: string;
}

/** Alarms, each with its page of the runbook, and the topic that all of them are told through. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly all: Alarm[] = [];

  constructor(scope: Construct, id: string, { email }: AlarmsProps) {
    super(scope, id);
    const { account, stackName } = Stack.of(this);
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': account } } });
    // A key of our own: the one that AWS manages for SNS lets no alarm in ("CloudWatch Alarms does not have authorization to access the
    // SNS topic encryption key", AWS re:Post Knowledge Center).
    // It goes with the topic, which keeps nothing.
    const masterKey = new Key(this, 'Key', {
      description: `Encrypts what the alarms of ${stackName} say`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    masterKey.addToResourcePolicy(
      new PolicyStatement({ principals: [cloudWatch], actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: ['*'] }),
    );
    this.topic = new Topic(this, 'Topic', { displayName: stackName, masterKey, enforceSSL: true });
    // A topic with a policy of its own has lost the one that lets its account publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({ principals: [cloudWatch], actions: ['sns:Publish'], resources: [this.topic.topicArn] }),
    );
    if (email !== undefined) {
      const letters = new Subscription(this, 'Email', { topic: this.topic, protocol: SubscriptionProtocol.EMAIL, endpoint: email });
      const reason = 'An alarm that could not be written stays on, and the dashboard shows it; a queue of letters would wake nobody.';
      Validations.of(letters).acknowledge({ id: 'Serverless-SNSRedrivePolicy', reason });
    }
  }

  /** Adds an alarm; its name tells what it is about. */
  wake(id: string, { metric, atLeast, inPeriods: [bad, of] = [1, 1], whenMissing, says, page }: Wake): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold: atLeast,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      datapointsToAlarm: bad,
      evaluationPeriods: of,
      treatMissingData: whenMissing ?? TreatMissingData.NOT_BREACHING,
      alarmDescription: `${says} What to do: docs/runbook.md#${page}`,
    });
    const action = { bind: () => ({ alarmActionArn: this.topic.topicArn }) };
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    this.all.push(alarm);
  }
}
