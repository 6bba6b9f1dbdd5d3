import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, FilterCriteria, FilterRule, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import type { UnderstoryFunction } from './function.ts';
import { removalPolicy } from './removal-policy.ts';

/** Records that still have to be counted. Settling drops the flag in the write that counts, so it never wakes itself. */
const unsettled = FilterCriteria.filter({ dynamodb: { NewImage: { unsettled: { BOOL: FilterRule.isEqual(true) } } } });

/** Hidden comments with a count of visible children: they may have to become a tombstone, or to stop being one. */
const hiddenParent = FilterCriteria.filter({
  dynamodb: {
    NewImage: {
      status: { S: FilterRule.or('held', 'rejected', 'spam', 'deleted', 'muted') },
      shownChildren: { N: FilterRule.exists() },
    },
  },
});

/** What outsiders are told of; nobody is told of what belongs to a member alone, or only to settling. */
const shared = FilterCriteria.filter({
  dynamodb: { Keys: { sk: { S: ['comment', 'article', 'in-force', { prefix: 'reaction#' }, { prefix: 'report#' }] } } },
});

/** Members who were ever given a standing; all others are written with every post. */
const standing = FilterCriteria.filter({
  dynamodb: { Keys: { sk: { S: ['member'] } }, NewImage: { standingRevision: { N: FilterRule.exists() } } },
});

export interface StreamProcessingProps {
  readonly streamArn: string;
  readonly settle: UnderstoryFunction;
  readonly announce: UnderstoryFunction;
  readonly configuration: Configuration;
  /** Encrypts what waits in the queue; by default one that SQS keeps. */
  readonly key?: IKey | undefined;
}

/**
 * Wakes settling and announcing for what the table's stream brings, each at its own pace, and keeps in a queue what could
 * not be processed, to be replayed. "No more than two processes should read from a stream shard at once" (Change data
 * capture for DynamoDB Streams, Amazon DynamoDB Developer Guide): these are the two.
 */
export class StreamProcessing extends Construct {
  readonly failures: Queue;
  readonly mappings: EventSourceMapping[] = [];

  constructor(scope: Construct, id: string, props: StreamProcessingProps) {
    super(scope, id);
    this.failures = new Queue(this, 'Failures', {
      ...(props.key ? { encryption: QueueEncryption.KMS, encryptionMasterKey: props.key } : { encryption: QueueEncryption.SQS_MANAGED }),
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: removalPolicy(props.configuration),
    });
    const reason = 'This is itself the dead-letter queue of the stream; nothing consumes it but an operator who replays it.';
    Validations.of(this.failures).acknowledge({ id: 'AwsSolutions-SQS3', reason }, { id: 'Serverless-SQSRedrivePolicy', reason });

    this.wake(props.settle, 'Settling', props.streamArn, [unsettled, hiddenParent]);
    this.wake(props.announce, 'Announcing', props.streamArn, [shared, standing]);
  }

  private wake({ role, lambda }: UnderstoryFunction, id: string, streamArn: string, filters: Record<string, unknown>[]): void {
    // Lambda reads the stream with the function's own role, and tries all four actions when the mapping is made.
    role.addToPolicy(
      new PolicyStatement({
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
        resources: [streamArn],
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.failures.queueArn] }));

    const mapping = new EventSourceMapping(this, id, {
      target: lambda,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(0),
      parallelizationFactor: 10,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(12),
      onFailure: { bind: () => ({ destination: this.failures.queueArn }) },
      filters,
      // Lambda's `Errors` say nothing of records that were given up: only these do.
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    });
    this.mappings.push(mapping);
    mapping.node.addDependency(role);
    Validations.of(lambda).acknowledge({ id: 'Serverless-LambdaDLQ', reason: 'What it cannot process goes to the queue of its mapping.' });
  }
}
