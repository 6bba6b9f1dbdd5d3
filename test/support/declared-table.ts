import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { loadConfiguration } from '../../lib/configuration.ts';
import { CommentTable } from '../../lib/table.ts';
import { type TablePlan, tableReading } from '../../local/template/tables.ts';

export type TableShape = Omit<TablePlan, 'name'>;

/** The table as the stack declares it, to be created under any name. */
export function declaredTable(): TableShape {
  const stack = new Stack(new App(), 'Declared');
  new CommentTable(stack, 'Comments', loadConfiguration('config/local.json'));
  const [table] = Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::Table'));
  return tableReading.matters.parse(table?.Properties);
}
