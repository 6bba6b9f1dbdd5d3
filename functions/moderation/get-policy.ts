import { endpoint } from '#http/endpoint.ts';
import { ok } from '#http/reply.ts';
import { policyInForce } from './policy-storage.ts';
import { viewOfPolicy } from './policy-view.ts';

export const getPolicy = endpoint({
  handle: async () => {
    const inForce = await policyInForce();
    return ok(viewOfPolicy(inForce), inForce.version);
  },
});
