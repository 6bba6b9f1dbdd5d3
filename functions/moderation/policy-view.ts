import type { PolicyVersion } from './policy-storage.ts';
import type { Policy } from './rules/policy.ts';

/** A policy as moderators see it: the document, and which version of it this is. */
export type PolicyView = Policy & Omit<PolicyVersion, 'policy'>;

export const viewOfPolicy = ({ policy, ...rest }: PolicyVersion): PolicyView => ({ ...policy, ...rest });
