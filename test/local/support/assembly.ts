import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FixtureFunction {
  /** The source of an ES module that exports `handler`. */
  readonly source: string;
  readonly timeout?: number;
  readonly environment?: Readonly<Record<string, unknown>>;
}

export interface FixtureStack {
  readonly functions: Readonly<Record<string, FixtureFunction>>;
  /** Route key to the logical id of a function. */
  readonly routes: Readonly<Record<string, string>>;
  /** Properties of the mapping from the table `Notes` to a function, if there is one. */
  readonly mapping?: { readonly functionId: string } & Readonly<Record<string, unknown>>;
  /** Resources besides. */
  readonly resources?: Readonly<Record<string, unknown>>;
}

/** Writes a cloud assembly as a synthesis would: one table `Notes` with a stream, functions, an HTTP API, a queue `Failures`. */
export function writeAssembly(directory: string, stack: FixtureStack): string {
  const bucket = { 'Fn::Sub': `assets-\${AWS::AccountId}-\${AWS::Region}` };
  const assets: Record<string, unknown> = {};
  const resources: Record<string, unknown> = { ...shared, ...stack.resources };
  for (const [id, { source, timeout = 3, environment = {} }] of Object.entries(stack.functions)) {
    mkdirSync(join(directory, `asset.${id}`), { recursive: true });
    writeFileSync(join(directory, `asset.${id}`, 'index.mjs'), source);
    assets[id] = { source: { path: `asset.${id}` }, destinations: { here: { objectKey: `${id}.zip` } } };
    resources[id] = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { S3Bucket: bucket, S3Key: `${id}.zip` },
        ...{ Handler: 'index.handler', Runtime: 'nodejs24.x', MemorySize: 128, Timeout: timeout },
        Environment: { Variables: { TABLE_NAME: { Ref: 'Notes' }, ...environment } },
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      },
    };
    resources[`${id}Integration`] = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ...{ ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' },
        IntegrationUri: { 'Fn::GetAtt': [id, 'Arn'] },
      },
    };
  }
  for (const [index, [key, id]] of Object.entries(stack.routes).entries()) {
    resources[`Route${index}`] = {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: { ApiId: { Ref: 'Api' }, RouteKey: key, Target: { 'Fn::Join': ['', ['integrations/', { Ref: `${id}Integration` }]] } },
    };
  }
  if (stack.mapping !== undefined) {
    const { functionId, ...properties } = stack.mapping;
    resources.Mapping = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Notes', 'StreamArn'] },
        FunctionName: { Ref: functionId },
        StartingPosition: 'TRIM_HORIZON',
        ...properties,
      },
    };
  }
  write(directory, 'Fixture.template.json', { Resources: resources });
  write(directory, 'Fixture.assets.json', { files: assets });
  write(directory, 'manifest.json', {
    artifacts: {
      Fixture: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: 'Fixture.template.json' },
      },
      'Fixture.assets': { type: 'cdk:asset-manifest', properties: { file: 'Fixture.assets.json' } },
    },
  });
  return directory;
}

const shared = {
  Role: { Type: 'AWS::IAM::Role' },
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'Policy',
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
            Resource: { 'Fn::GetAtt': ['Notes', 'Arn'] },
          },
          {
            Effect: 'Allow',
            Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
            Resource: { 'Fn::GetAtt': ['Notes', 'StreamArn'] },
          },
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Failures', 'Arn'] } },
        ],
      },
    },
  },
  Notes: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  },
  Failures: { Type: 'AWS::SQS::Queue' },
  Api: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: ['https://news.example'] } },
  },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true } },
};

function write(directory: string, name: string, content: unknown): void {
  writeFileSync(join(directory, name), JSON.stringify(content));
}
