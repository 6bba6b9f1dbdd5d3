import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { EntryName } from '../functions/routes.ts';
import type { Configuration } from './configuration.ts';
import { keyStatements, makeDataKey } from './data-key.ts';
import { Edge } from './edge.ts';
import { EdgeSecrets } from './edge-secrets.ts';
import { CommentEvents } from './event-bus.ts';
import { UnderstoryFunction } from './function.ts';
import type { FunctionName } from './function-names.ts';
import { tableGrants } from './grants.ts';
import { CommentApi } from './http-api.ts';
import { Identity } from './identity.ts';
import { Monitoring } from './monitoring.ts';
import { Schedule } from './schedule.ts';
import { Signing } from './signing.ts';
import { StreamProcessing } from './stream-processing.ts';
import { CommentTable } from './table.ts';

/** API Gateway would wait for thirty seconds; a reader has left after ten. */
const answering = { memorySize: 512, timeout: Duration.seconds(10) };
/** A whole batch: its screening, with 25 seconds of checks at most, its transactions and their retries. */
const settling = { memorySize: 1024, timeout: Duration.seconds(60) };
/** Twenty calls at most for a batch, of two events a record, each with its deadline and its repetitions. */
const announcing = { memorySize: 512, timeout: Duration.minutes(5) };
/** A round of recounts, and the one recount that may still be under way when its time is over. */
const housekeeping = { memorySize: 512, timeout: Duration.seconds(60) };

export interface UnderstoryStackProps {
  readonly configuration: Configuration;
  /** Holds one folder per function, each with `index.mjs`. */
  readonly codeDirectory: string;
  /** The firewall of the edge, where there is one. */
  readonly webAclArn?: string | undefined;
}

/** All of Understory in one account and region. */
export class UnderstoryStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, codeDirectory, webAclArn }: UnderstoryStackProps) {
    super(scope, id, {
      description: `Understory, the comment layer beneath every story (${configuration.stage})`,
      terminationProtection: configuration.removalProtection,
      ...(configuration.region !== undefined && { env: { region: configuration.region } }),
    });
    const key = makeDataKey(this, configuration);
    const comments = new CommentTable(this, 'Comments', configuration, key);
    const identity = new Identity(this, 'Identity', configuration, key);
    const signing = new Signing(this, 'Signing', configuration, key);
    const edgeSecrets = configuration.edge.enabled ? new EdgeSecrets(this, 'EdgeSecrets', configuration, key) : undefined;

    const events = new CommentEvents(this, 'Events', configuration, key);

    const makeFunction = (
      name: FunctionName,
      size: typeof answering,
      environment: Readonly<Record<string, string>> = {},
      statements: readonly PolicyStatement[] = [],
    ) =>
      new UnderstoryFunction(this, name, {
        name,
        configuration,
        codeDirectory,
        key,
        ...size,
        environment: { METRICS_NAMESPACE: this.stackName, ...comments.environment(tableGrants[name]), ...environment },
        statements: [...comments.statements(tableGrants[name]), ...keyStatements(key, tableGrants[name]), ...statements],
      });
    const makeEntry = (name: Exclude<EntryName, 'reader'>) =>
      makeFunction(name, answering, { ...identity.environment, ...edgeSecrets?.environment }, identity.statements);

    const functions = {
      reader: makeFunction('reader', answering, edgeSecrets?.environment),
      member: makeEntry('member'),
      publisher: makeEntry('publisher'),
      moderator: makeEntry('moderator'),
      settle: makeFunction('settle', settling, signing.environment),
      announce: makeFunction('announce', announcing, events.environment, [events.statement]),
      housekeeping: makeFunction('housekeeping', housekeeping),
    };
    const entries = {
      reader: functions.reader.lambda,
      member: functions.member.lambda,
      publisher: functions.publisher.lambda,
      moderator: functions.moderator.lambda,
    };
    const api = new CommentApi(this, 'Http', { configuration, key, entries });
    const edge =
      edgeSecrets && new Edge(this, 'Edge', { configuration, api, secret: edgeSecrets.present, after: Object.values(entries), webAclArn });
    const processing = new StreamProcessing(this, 'Stream', {
      configuration,
      key,
      streamArn: comments.streamArn,
      settle: functions.settle,
      announce: functions.announce,
    });
    const schedule = new Schedule(this, 'Housekeeping', {
      lambda: functions.housekeeping.lambda,
      every: Duration.minutes(15),
      description: 'Recounts articles and measures what waits for moderators',
    });
    if (configuration.alarms !== false) {
      new Monitoring(this, 'Monitoring', {
        ...{ alarms: configuration.alarms, apiId: api.apiId, table: comments.table },
        ...{ functions, mappings: processing.mappings, failures: processing.failures, schedule: schedule.rule },
      });
    }

    new CfnOutput(this, 'ApiUrl', { value: edge?.url ?? api.url, description: 'Base address of the HTTP API' });
    if (edge) {
      new CfnOutput(this, 'DistributionId', { value: edge.distributionId, description: 'The CloudFront distribution' });
      new CfnOutput(this, 'EdgeDomain', { value: edge.domain, description: 'What a domain of your own is pointed at' });
    }
    if (identity.secretArn !== undefined) {
      new CfnOutput(this, 'SiteSecretArn', {
        value: identity.secretArn,
        description: 'The secret that the site signs its members’ tokens with',
      });
    }
    new CfnOutput(this, 'TableName', { value: comments.table.tableName, description: 'The table of articles, comments and members' });
    new CfnOutput(this, 'SigningSecretArn', {
      value: signing.secretArn,
      description: 'The secret that requests to checks are signed with',
    });
    new CfnOutput(this, 'FailureQueueUrl', {
      value: processing.failures.queueUrl,
      description: 'Changes that could not be settled or announced',
    });
    new CfnOutput(this, 'EventBusName', { value: events.bus.eventBusName, description: 'The bus that changes of state are published on' });
  }
}
