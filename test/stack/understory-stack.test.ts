import { expect, test } from 'vitest';
import { configure, SynthesisedStack } from './synthesise.ts';

const stack = new SynthesisedStack();

test('the stack is named for its stage', () => {
  expect(stack.name).toBe('Understory-test');
});

test('the stack cannot be deleted by mistake, unless it is a stage to throw away', () => {
  expect(stack.terminationProtection).toBe(true);
  expect(new SynthesisedStack(configure({ removalProtection: false })).terminationProtection).toBe(false);
});

test('it tells where the API, the table, the failures and the signing secret are', () => {
  const outputs: Record<string, { Value: unknown }> = stack.template.toJSON().Outputs;

  expect(JSON.stringify(outputs.ApiUrl?.Value)).toMatch(/https:\/\/.*execute-api/);
  expect(outputs.TableName?.Value).toEqual({ Ref: expect.stringMatching(/^CommentsTable/) });
  expect(outputs.FailureQueueUrl?.Value).toEqual({ Ref: expect.stringMatching(/^StreamFailures/) });
  expect(outputs.SigningSecretArn?.Value).toEqual({ Ref: expect.stringMatching(/^SigningSecret/) });
});

test('nothing has a fixed physical name, so that two stages fit into one account', () => {
  const names = ['TableName', 'FunctionName', 'RoleName', 'LogGroupName', 'QueueName'];
  const owned = ['AWS::DynamoDB::Table', 'AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::Logs::LogGroup', 'AWS::SQS::Queue'];

  for (const [index, type] of owned.entries()) {
    for (const { Properties } of Object.values(stack.resources(type))) expect(Properties).not.toHaveProperty(names[index]!);
  }
  for (const secret of Object.values(stack.resources('AWS::SecretsManager::Secret'))) expect(secret.Properties).not.toHaveProperty('Name');
});

test('it is bound to no account and no region', () => {
  expect(JSON.stringify(stack.template.toJSON())).not.toMatch(/\b\d{12}\b|(us|eu|ap)-[a-z]+-\d/);
});
