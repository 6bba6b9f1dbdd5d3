import { BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';
import type { TableGrant } from './grants.ts';
import { indexes, string } from './indexes.ts';
import { removalPolicy } from './removal-policy.ts';

/** The one table of articles, comments, members and tallies, with the stream that settling is woken by. */
export class CommentTable extends Construct {
  readonly table: Table;
  readonly streamArn: string;

  constructor(scope: Construct, id: string, configuration: Configuration, key?: IKey) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: string('pk'),
      sortKey: string('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: configuration.removalProtection,
      removalPolicy: removalPolicy(configuration),
      ...(key && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }),
    });
    for (const [indexName, index] of Object.entries(indexes)) {
      this.table.addGlobalSecondaryIndex({ indexName, ...index });
    }
    if (this.table.tableStreamArn === undefined) throw new Error('The comment table has no stream');
    this.streamArn = this.table.tableStreamArn;
  }

  /** The table's name, for functions that may do anything with it. */
  environment(grant: TableGrant): Readonly<Record<string, string>> {
    return grant.table.length === 0 ? {} : { TABLE_NAME: this.table.tableName };
  }

  /** The policy statements that allow a grant, on the exact table and indexes. */
  statements(grant: TableGrant): PolicyStatement[] {
    if (grant.table.length === 0) return [];
    const onTable = new PolicyStatement({ actions: [...grant.table], resources: [this.table.tableArn] });
    if (grant.indexes.length === 0) return [onTable];
    const onIndexes = new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: grant.indexes.map((index) => `${this.table.tableArn}/index/${index}`),
    });
    return [onTable, onIndexes];
  }
}
