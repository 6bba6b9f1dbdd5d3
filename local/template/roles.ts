import * as z from 'zod';
import { Problem } from '../problem.ts';
import type { Reading } from './properties.ts';

/** `AWS::IAM::Role`, AWS CloudFormation User Guide. What a role may do stands in policies of its own: managed and inline ones are refused. */
export const roleReading = {
  matters: z.object({}),
  withoutEffect: ['AssumeRolePolicyDocument', 'RoleName', 'Description', 'Tags'],
} satisfies Reading<z.ZodObject>;

const oneOrMore = z.union([z.string().transform((only) => [only]), z.array(z.string())]);
/** Strict, so that a refusal or a condition is never passed over. */
const statement = z.strictObject({ Sid: z.string().optional(), Effect: z.literal('Allow'), Action: oneOrMore, Resource: oneOrMore });

/** `AWS::IAM::Policy`, AWS CloudFormation User Guide. */
export const policyReading = {
  matters: z.object({
    PolicyDocument: z.strictObject({ Version: z.literal('2012-10-17'), Statement: z.array(statement) }),
    Roles: z.array(z.string()),
  }),
  withoutEffect: ['PolicyName'],
} satisfies Reading<z.ZodObject>;

/** Any of these actions on any of these resources. */
export interface Allowance {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Whom a function acts as. */
export interface RolePlan {
  readonly name: string;
  readonly allowed: readonly Allowance[];
}

/** Gives the role with this ARN, as a function names it. */
export type RoleSource = (arn: string) => RolePlan;

/**
 * Collects what each role may do.
 * @param roles the name and the ARN of each
 */
export function planRoles(
  roles: readonly { readonly name: string; readonly arn: string }[],
  policies: readonly z.output<typeof policyReading.matters>[],
): RoleSource {
  const planned = new Map(
    roles.map(({ name, arn }) => {
      const own = policies.filter(({ Roles }) => Roles.includes(name)).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
      return [arn, { name, allowed: own.map(({ Action, Resource }): Allowance => ({ actions: Action, resources: Resource })) }] as const;
    }),
  );
  return (arn) => {
    const role = planned.get(arn);
    if (role === undefined) throw new Problem(`The template names the role ${arn}, which is no resource of it`);
    return role;
  };
}
