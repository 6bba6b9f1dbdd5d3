import * as z from 'zod/mini';
import { queueNames } from '#comments/rules/contribution.ts';
import { endpoint } from '#http/endpoint.ts';
import { noContent } from '#http/reply.ts';
import { changeLeases, crowded } from './claims.ts';
import { withoutThoseOf } from './rules/leases.ts';

/** Gives back all that the caller holds of a queue; whoever holds nothing has given it back already. */
export const giveBackClaims = endpoint({
  params: z.object({ name: z.enum(queueNames) }),
  handle: async ({ params: { name }, caller, now }) => {
    const isDone = await changeLeases(name, now, (leases) =>
      leases.some(({ by }) => by === caller.id) ? withoutThoseOf(leases, caller.id) : undefined,
    );
    if (!isDone) throw crowded();
    return noContent;
  },
});
