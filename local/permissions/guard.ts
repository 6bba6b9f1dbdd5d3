import type { FunctionPlan } from '../template/functions.ts';
import type { Allowance, RolePlan } from '../template/roles.ts';
import type { Need } from './need.ts';

/** Why a call is refused, as AWS words it; always with status 400. */
export interface Refusal {
  readonly __type: string;
  readonly Message: string;
}

/**
 * Decides about a call by who signed it.
 * @param authorization the header of that name
 */
export type Guard = (authorization: string | undefined, needs: readonly Need[]) => Refusal | undefined;

/** Whose calls are decided about. */
export interface Guarded {
  readonly functions: readonly Pick<FunctionPlan, 'logicalId' | 'name' | 'role'>[];
  readonly account: string;
}

/** A permission of a function that one of its calls made use of. */
export interface PermissionUse extends Need {
  readonly functionName: string;
}

/**
 * Allows each function what its own role allows, and nothing else. There are identity-based policies alone and they only allow, so a call
 * is allowed where a statement has all that it needs ("Policy evaluation logic", AWS Identity and Access Management User Guide).
 * @param onUse gets every permission that a call made use of
 */
export function guardOf({ functions, account }: Guarded, onUse: (use: PermissionUse) => void = () => undefined): Guard {
  const byAccessKey = new Map(functions.map((each) => [accessKeyOf(each), each]));
  return (authorization = '', needs) => {
    const caller = byAccessKey.get(/Credential=(\w+)\//.exec(authorization)?.[1] ?? '');
    if (caller === undefined) return unknownCaller;
    const { name: functionName, role } = caller;
    const missing = needs.find((need) => !allows(role, need));
    if (missing !== undefined) return denied(`arn:aws:sts::${account}:assumed-role/${role.name}/${functionName}`, missing);
    for (const { action, resource } of needs) onUse({ functionName, action, resource });
    return undefined;
  };
}

/** What a function signs its calls with. Logical ids have letters and digits alone, as access keys do. */
export const accessKeyOf = ({ logicalId }: { readonly logicalId: string }): string => logicalId;

/** Whether a role may do something. */
export function allows({ allowed }: RolePlan, { action, resource }: Need): boolean {
  return allowed.some((each) => matches(each, 'actions', action) && matches(each, 'resources', resource));
}

function matches(allowance: Allowance, kind: keyof Allowance, value: string): boolean {
  return allowance[kind].includes(value) || allowance[kind].some((each) => hasWildcard.test(each) && patternOf(each).test(value));
}

const hasWildcard = /[*?]/;

/** `*` stands for any characters, `?` for any one ("IAM JSON policy elements: Resource", AWS Identity and Access Management User Guide). */
function patternOf(text: string): RegExp {
  const source = text
    .replaceAll(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}

const denied = (caller: string, { action, resource }: Need): Refusal => ({
  __type: 'com.amazon.coral.service#AccessDeniedException',
  Message:
    `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ` +
    `because no identity-based policy allows the ${action} action`,
});

const unknownCaller: Refusal = {
  __type: 'com.amazon.coral.service#UnrecognizedClientException',
  Message: 'The security token included in the request is invalid.',
};
