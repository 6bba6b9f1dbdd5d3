import * as z from 'zod';
import { queueNames } from '#comments/rules/contribution.ts';
import { commentStatuses } from '#comments/rules/status.ts';
import { commentId } from '#http/scalars.ts';
import { policySchema } from '#moderation/rules/policy.ts';
import { fieldsInAnyStatus, ownComment } from './comment-schemas.ts';
import { type Contracts, json } from './route-contract.ts';
import { count, moment, pageOf } from './schemas.ts';
import { verdict } from './verdict.ts';

const waiting = z
  .strictObject({
    ...fieldsInAnyStatus,
    verdict: verdict.nullable(),
    reports: z.strictObject({ count, reasons: z.record(z.string(), z.int()) }),
    authorRecord: z.strictObject({ approved: count, rejected: count, standing: z.string() }),
    claimedBy: z.string().nullable(),
    claimedUntil: moment.nullable(),
    parent: ownComment.nullable(),
  })
  .meta({ id: 'QueueItem' });

const queues = z.strictObject({ queues: z.array(z.strictObject({ name: z.enum(queueNames), size: count })) }).meta({
  id: 'Queues',
  examples: [
    {
      queues: [
        { name: 'held', size: 2 },
        { name: 'reported', size: 0 },
      ],
    },
  ],
});

const decisionResults = z
  .strictObject({
    results: z.array(
      z.strictObject({
        commentId,
        outcome: z.enum(['applied', 'unchanged', 'conflict', 'not-found']),
        status: z.enum(commentStatuses).nullable(),
      }),
    ),
  })
  .meta({
    id: 'DecisionResults',
    examples: [{ results: [{ commentId: '01a2087d-055f-761f-a4ff-8ff03da283de', outcome: 'applied', status: 'approved' }] }],
  });

const policy = z
  .strictObject({
    ...policySchema.def.shape,
    version: count.describe('0 is the default that nobody has put.'),
    updatedAt: moment.nullable(),
    updatedBy: z.string().nullable(),
  })
  .meta({ id: 'Policy' });

export const moderationContracts = {
  getQueues: {
    tag: 'moderation',
    summary: 'See how much waits in each queue',
    answers: { 200: json(queues, 'The queues.') },
  },
  listQueue: {
    tag: 'moderation',
    summary: 'Read a queue, oldest first',
    answers: { 200: json(pageOf(waiting, 'QueuePage'), 'A page of what waits, each with what is needed to decide.') },
  },
  decideOnComments: {
    tag: 'moderation',
    summary: 'Decide on up to 25 comments',
    description: 'Each is decided on its own. With `revision`, a comment that has changed since is left alone and told as `conflict`.',
    example: { decisions: [{ articleId: 'ceasefire', commentId: '01a2087d-055f-761f-a4ff-8ff03da283de', action: 'approve', revision: 1 }] },
    answers: { 200: json(decisionResults, 'What became of each, in the order asked.') },
  },
  getPolicy: {
    tag: 'moderation',
    summary: 'Read the policy in force',
    answers: { 200: json(policy, 'The policy.') },
    revisioned: true,
  },
  putPolicy: {
    tag: 'moderation',
    summary: 'Put a policy in force',
    description:
      'Every field has a default, so `{}` is a whole policy. Each of `checks` names a service of the site: an https URL without credentials, ' +
      'or http to 127.0.0.1, localhost or [::1], on the laptop. About every comment that the rules approve or hold it is sent a `POST` with ' +
      '`{id, articleId, parentId, revision, body, author: {id, name}, policyVersion}`, signed in `Understory-Signature: t=<unix seconds>,v1=<hex>` ' +
      'with the HMAC-SHA256 over the time, a dot and the body. It answers `{action: "approve"|"hold"|"reject"|"spam", evidence?}` and may only make ' +
      'stricter what the rules said. Whatever goes wrong, or takes longer than `timeoutMs`, comes to `onFailure`.',
    example: { suspectPhrases: ['snake oil'], links: { max: 1 }, checks: [{ name: 'tone', url: 'https://checks.example.org/tone' }] },
    answers: { 200: json(policy, 'The policy in force now.') },
    ifMatch: 'required',
    revisioned: true,
  },
} satisfies Contracts;
