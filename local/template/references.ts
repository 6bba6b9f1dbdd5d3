import { Problem } from '../problem.ts';
import type { Assembly, Resource } from './assembly.ts';
import type { References } from './intrinsics.ts';

/** What a resource is called once it runs: the answer to `Ref`, and to `Fn::GetAtt` by attribute. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where the stack is taken to run. */
export type Place = Pick<Assembly, 'account' | 'region'>;

/**
 * Names are made of logical ids: the same template gets the same names at every start, so a store keeps its tables.
 * Which attributes a type has: "Return values" on its page of the AWS CloudFormation User Guide.
 */
const identities: Readonly<Record<string, (logicalId: string, resource: Resource, place: Place) => Identity>> = {
  'AWS::DynamoDB::Table': (logicalId, { Properties }, { region, account }) => {
    const name = given(Properties.TableName) ?? logicalId;
    const arn = `arn:aws:dynamodb:${region}:${account}:table/${name}`;
    return { ref: name, attributes: { Arn: arn, StreamArn: `${arn}/stream/latest` } };
  },
  'AWS::Lambda::Function': (logicalId, { Properties }, { region, account }) => {
    const name = given(Properties.FunctionName) ?? logicalId;
    return { ref: name, attributes: { Arn: `arn:aws:lambda:${region}:${account}:function:${name}` } };
  },
  'AWS::IAM::Role': (logicalId, { Properties }, { account }) => {
    const name = given(Properties.RoleName) ?? logicalId;
    return { ref: name, attributes: { Arn: `arn:aws:iam::${account}:role/${name}` } };
  },
  'AWS::Logs::LogGroup': (logicalId, { Properties }, { region, account }) => {
    const name = given(Properties.LogGroupName) ?? logicalId;
    return { ref: name, attributes: { Arn: `arn:aws:logs:${region}:${account}:log-group:${name}:*` } };
  },
  'AWS::SQS::Queue': (logicalId, { Properties }, { region, account }) => {
    const name = given(Properties.QueueName) ?? logicalId;
    const url = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
    return { ref: url, attributes: { Arn: `arn:aws:sqs:${region}:${account}:${name}`, QueueName: name, QueueUrl: url } };
  },
  'AWS::Events::EventBus': (logicalId, { Properties }, { region, account }) => {
    const name = given(Properties.Name) ?? logicalId;
    return { ref: name, attributes: { Arn: `arn:aws:events:${region}:${account}:event-bus/${name}`, Name: name } };
  },
  'AWS::SecretsManager::Secret': (logicalId, _, { region, account }) => {
    const arn = `arn:aws:secretsmanager:${region}:${account}:secret:${logicalId}`;
    return { ref: arn, attributes: { Id: arn } };
  },
  'AWS::ApiGatewayV2::Api': (logicalId, _, { region }) => ({
    ref: logicalId.toLowerCase(),
    attributes: { ApiId: logicalId.toLowerCase(), ApiEndpoint: `https://${logicalId.toLowerCase()}.execute-api.${region}.amazonaws.com` },
  }),
  'AWS::ApiGatewayV2::Integration': (logicalId) => ({ ref: logicalId, attributes: { IntegrationId: logicalId } }),
};

function given(name: unknown): string | undefined {
  return typeof name === 'string' ? name : undefined;
}

/** What a running resource is called. */
export function identify(logicalId: string, assembly: Assembly): Identity {
  const resource = assembly.resources[logicalId];
  if (resource === undefined) throw new Problem(`The template names ${logicalId}, which is no resource of it`);
  const identity = identities[resource.Type];
  if (identity === undefined) throw new Problem(`${logicalId} (${resource.Type}) is asked for, but does not exist on the laptop`);
  return identity(logicalId, resource, assembly);
}

/** Answers `Ref` and `Fn::GetAtt` for one stack. */
export function referencesOf(assembly: Assembly): References {
  const { account, region, stackName } = assembly;
  const pseudoParameters: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`,
  };
  return {
    ref(name) {
      const value = pseudoParameters[name] ?? assembly.parameters[name]?.Default;
      if (value !== undefined) return String(value);
      if (assembly.parameters[name] !== undefined) throw new Problem(`The template's parameter ${name} has no default`);
      return identify(name, assembly).ref;
    },
    attribute(logicalId, name) {
      const value = identify(logicalId, assembly).attributes[name];
      if (value === undefined) throw new Problem(`The laptop does not know the attribute ${name} of ${logicalId}`);
      return value;
    },
  };
}
