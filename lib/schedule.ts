import { type Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule as Times } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventInvokeConfig, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export interface ScheduleProps {
  readonly lambda: IFunction;
  readonly every: Duration;
  readonly description: string;
}

/**
 * Invokes a function again and again. An invocation that is lost is kept nowhere, and one that failed is not repeated, as Lambda would
 * twice ("Error handling for asynchronous invocations", AWS Lambda Developer Guide): the next one does its work too.
 */
export class Schedule extends Construct {
  readonly rule: Rule;

  constructor(scope: Construct, id: string, { lambda, every, description }: ScheduleProps) {
    super(scope, id);
    this.rule = new Rule(this, 'Rule', {
      description,
      schedule: Times.rate(every),
      targets: [{ bind: () => ({ arn: lambda.functionArn }) }],
    });
    const once = new EventInvokeConfig(this, 'Once', { function: lambda, retryAttempts: 0 });
    lambda.addPermission('Schedule', { principal: new ServicePrincipal('events.amazonaws.com'), sourceArn: this.rule.ruleArn });
    const reason = 'The next invocation does what this one could not. That it was not made, or failed, wakes somebody (lib/monitoring.ts).';
    Validations.of(this.rule).acknowledge({ id: 'Serverless-EventBusDLQ', reason });
    Validations.of(once).acknowledge({ id: 'Serverless-LambdaAsyncFailureDestination', reason });
    Validations.of(lambda).acknowledge({ id: 'Serverless-LambdaDLQ', reason });
  }
}
