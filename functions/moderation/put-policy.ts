import { uuidv7 } from 'uuidv7';
import { endpoint } from '#http/endpoint.ts';
import { requireMatch } from '#http/etag.ts';
import { Problem } from '#http/problem.ts';
import { ok } from '#http/reply.ts';
import { auditRecord } from './audit-record.ts';
import { policyBodyLimit, policyDocument, policyOf } from './policy-document.ts';
import { policyInForce, writePolicy } from './policy-storage.ts';
import { viewOfPolicy } from './policy-view.ts';

export const putPolicy = endpoint({
  body: policyDocument,
  bodyLimit: policyBodyLimit,
  handle: async ({ body, ifMatch, caller, now }) => {
    if (ifMatch === undefined) throw new Problem('precondition-required', 'Name the version you mean to replace with If-Match.');
    const inForce = await policyInForce();
    // There is always a policy in force, so `*` matches even the default, version 0.
    if (ifMatch !== '*') requireMatch(ifMatch, inForce.version);
    const next = { policy: policyOf(body), version: inForce.version + 1, updatedAt: now.toISOString(), updatedBy: caller.id };
    const record = auditRecord({
      ...{ id: uuidv7(), actor: { id: caller.id, name: caller.name }, action: 'put-policy' },
      ...{ before: inForce.version, after: next.version },
    });
    const outcome = await writePolicy(next, record);
    if (outcome.kind === 'committed') return ok(viewOfPolicy(next), next.version);
    if (outcome.kind === 'refused') throw new Problem('stale-revision', 'Somebody else has put another policy in force.');
    throw new Problem('unavailable', 'The policy is being changed right now.', { headers: { 'retry-after': '1' } });
  },
});
