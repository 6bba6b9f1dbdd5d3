import { getItem } from '#table/get.ts';
import { policyInForceKey } from '#table/keys.ts';
import { publicEndpoint } from './endpoint.ts';
import { ok } from './reply.ts';

/** Healthy means that the table answers: anything less ends in 503 like every other request would. */
export const getHealth = publicEndpoint({
  handle: async () => {
    await getItem(policyInForceKey);
    return ok({ status: 'ok' });
  },
});
