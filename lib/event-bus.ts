import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';

/** The bus that changes of state are published on; rules of other stacks subscribe to it by its name. */
export class CommentEvents extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { stage }: Configuration, key?: IKey) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { description: `What happens to comments and articles (${stage})`, ...(key && { kmsKey: key }) });
  }

  get environment(): Readonly<Record<string, string>> {
    return { EVENT_BUS_NAME: this.bus.eventBusName };
  }

  get statement(): PolicyStatement {
    return new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] });
  }
}
