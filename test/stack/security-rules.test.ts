import type { Stack } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect, test } from 'vitest';
import { stackName } from '../../lib/configuration.ts';
import { addSecurityRules } from '../../lib/validation.ts';
import { deployments } from './deployments.ts';
import { configure, makeApp } from './synthesise.ts';

/** The app as `cdk synth` makes it, with its stack. */
function makeValidatedApp(changes: Parameters<typeof configure>[0] = {}) {
  const configuration = configure(changes);
  const app = makeApp(configuration, true);
  addSecurityRules(app);
  return { app, stack: app.node.findChild(stackName(configuration)) as Stack };
}

// The first of them waits until AWS's rules have been compiled, which other tests on the same cores make slow.
test.each(deployments)(
  '$name breaks no rule of AWS Solutions, Serverless or CloudFormation',
  ({ changes }) => {
    const { app } = makeValidatedApp(changes);

    expect(() => app.synth()).not.toThrow();
  },
  240_000,
);

test('breaking a rule of AWS Solutions stops synthesis', () => {
  const { app, stack } = makeValidatedApp();
  new Queue(stack, 'Unprotected');

  expect(() => app.synth()).toThrow(/AwsSolutions-SQS4/);
});

test('breaking a rule of Serverless stops synthesis', () => {
  const { app, stack } = makeValidatedApp();
  new LogGroup(stack, 'Endless', { retention: RetentionDays.INFINITE });

  expect(() => app.synth()).toThrow(/Serverless-CloudWatchLogGroupRetentionPeriod/);
});

test('breaking a rule of CloudFormation stops synthesis', () => {
  const { app, stack } = makeValidatedApp();
  const reader = stack.node.findChild('reader').node.findChild('Function').node.defaultChild as CfnFunction;
  reader.memorySize = 64;

  expect(() => app.synth()).toThrow(/less than the minimum of 128/);
});
