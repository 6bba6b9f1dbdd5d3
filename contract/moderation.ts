import * as z from 'zod';
import { queueNames } from '#comments/rules/contribution.ts';
import { reportReasons } from '#comments/rules/reports.ts';
import { commentStatuses } from '#comments/rules/status.ts';
import { articleId, commentId, jobId, memberId } from '#http/scalars.ts';
import { standings } from '#members/rules/standing.ts';
import { policyDocument } from '#moderation/policy-document.ts';
import { policySchema } from '#moderation/rules/policy.ts';
import { appeal, commentInAnyStatus, fieldsInAnyStatus } from './comment-schemas.ts';
import { type Contracts, json, nothing, text } from './route-contract.ts';
import { count, moment, pageOf, revision } from './schemas.ts';
import { firedRules, verdict, verdictOutcome } from './verdict.ts';

const standing = z
  .enum(standings)
  .describe(
    '`trusted` is asked for banned phrases only, `held` always waits for a moderator, `muted` alone sees what they post, `banned` may not take part.',
  );

const waiting = z
  .strictObject({
    ...fieldsInAnyStatus,
    verdict: verdict.nullable(),
    reports: z.strictObject({ count, reasons: z.record(z.string(), z.int()) }),
    appeal: z.strictObject({ note: z.string(), at: moment }).nullable().describe('What its author said against its being taken down.'),
    authorRecord: z.strictObject({ approved: count, rejected: count, standing }),
    claimedBy: z.string().nullable().describe('The moderator who works on it right now.'),
    claimedUntil: moment.nullable(),
    parent: commentInAnyStatus.nullable(),
  })
  .meta({ id: 'QueueItem' });

const claimed = z
  .strictObject({ items: z.array(waiting), claimedUntil: moment.nullable().describe('Null where there was nothing to claim.') })
  .meta({ id: 'Claimed' });

const queues = z.strictObject({ queues: z.array(z.strictObject({ name: z.enum(queueNames), size: count })) }).meta({
  id: 'Queues',
  examples: [
    {
      queues: [
        { name: 'held', size: 2 },
        { name: 'reported', size: 0 },
        { name: 'appeals', size: 1 },
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

const user = z
  .strictObject({
    id: memberId,
    name: z.string().nullable().describe('Null for somebody who has never posted.'),
    standing,
    until: moment.nullable().describe('When the standing ends by itself; null if it does not.'),
    note: z.string().nullable().describe('Told to moderators only.'),
    record: z
      .strictObject({ approved: count, held: count, rejected: count, spam: count, deleted: count, muted: count })
      .describe('How many comments are in each status.'),
    revision: count.describe('Moves with every standing given; 0 when none ever was.'),
  })
  .meta({
    id: 'User',
    examples: [
      {
        id: 'ann',
        name: 'Ann',
        standing: 'held',
        until: '2026-12-01T00:00:00.000Z',
        note: 'Three warnings.',
        record: { approved: 12, held: 1, rejected: 3, spam: 0, deleted: 0, muted: 0 },
        revision: 2,
      },
    ],
  });

const auditRecord = z
  .strictObject({
    id: z.uuid().describe('A UUIDv7: the order of ids is the order of time.'),
    at: moment,
    actor: z.strictObject({ id: z.string(), name: z.string() }),
    action: z
      .string()
      .describe(
        'What a moderator may decide on a comment, `change-standing`, `reject-branch`, `reject-member` or `put-policy`; more may come.',
      ),
    articleId: z.optional(articleId),
    commentId: z.optional(commentId),
    memberId: z.string().optional().describe('Whom it concerns; missing once they have erased their data.'),
    before: z.union([z.string(), z.int()]).nullable().describe('A status, a standing or the version of the policy.'),
    after: z.union([z.string(), z.int()]).nullable(),
    note: z.string().nullable(),
    revision: revision.optional(),
  })
  .meta({
    id: 'AuditRecord',
    examples: [
      {
        id: '01a2087f-01c4-7d0c-8e5a-6f1e86a7a5b1',
        at: '2026-11-23T09:32:09.540Z',
        actor: { id: 'mo', name: 'Mo' },
        action: 'reject',
        articleId: 'ceasefire',
        commentId: '01a2087d-055f-761f-a4ff-8ff03da283de',
        memberId: 'ann',
        before: 'held',
        after: 'rejected',
        note: 'Off topic.',
        revision: 2,
      },
    ],
  });

// Two routes take it; it goes by the name that it has as a body of its own.
z.globalRegistry.add(policyDocument, { id: 'PutPolicyBody' });

const outcomes = z
  .strictObject({ approve: count, hold: count, reject: count.describe('Or called spam.') })
  .meta({ id: 'TrialOutcomes', description: 'Comments by what the policy would have done to them.' });

const trial = z
  .strictObject({
    examined: count.max(500).describe('Comments that the policy was tried on, on this page.'),
    outcomes,
    changed: z
      .array(
        z.strictObject({
          articleId,
          commentId,
          from: verdictOutcome.describe('Where the comment stands now.'),
          to: verdictOutcome.describe('What the policy would have made of it.'),
          rules: firedRules.describe('What would have fired.'),
          decided: z.boolean().describe('Whether it stands where it stands because a moderator decided so.'),
        }),
      )
      .describe('Where the two differ.'),
    decided: z
      .strictObject({
        approved: outcomes.describe('What moderators approved: `hold` would have been asked about, `reject` lost.'),
        rejected: outcomes.describe('What moderators rejected or called spam: `approve` would have been published.'),
      })
      .describe('How the policy compares with what moderators decided.'),
    nextCursor: z.string().nullable().describe('Send it as `cursor`, with the same policy and `since`; null on the last page.'),
  })
  .meta({
    id: 'PolicyTrial',
    examples: [
      {
        examined: 18,
        outcomes: { approve: 17, hold: 1, reject: 0 },
        changed: [
          {
            articleId: 'ceasefire',
            commentId: '01a2087d-055f-761f-a4ff-8ff03da283de',
            from: 'approved',
            to: 'held',
            rules: [{ rule: 'suspectPhrases', action: 'hold', evidence: '“snake oil” at character 12' }],
            decided: false,
          },
        ],
        decided: { approved: { approve: 0, hold: 0, reject: 0 }, rejected: { approve: 0, hold: 0, reject: 0 } },
        nextCursor: null,
      },
    ],
  });

const job = z
  .strictObject({
    id: jobId,
    kind: z.enum(['reject-branch', 'reject-member']),
    state: z.enum(['running', 'done']),
    startedAt: moment,
    doneAt: moment.nullable(),
    examined: count.describe('Comments looked at that it is about.'),
    changed: count.describe('Comments that it took down.'),
  })
  .meta({ id: 'Job' });

const dayStats = z
  .strictObject({
    day: z.iso.date().describe('In UTC.'),
    submitted: count.describe('Comments posted on this day that have been screened; what follows is where they stand now.'),
    approved: count,
    held: count,
    rejected: count,
    spam: count,
    deleted: count,
    muted: count,
    reported: count.describe('Comments posted on this day that readers have reported, whatever became of them.'),
    medianMinutesHeld: z
      .number()
      .min(0)
      .nullable()
      .describe(
        'Of those comments that were held and decided on: from the verdict that held them to the decision. Exact to the minute below an ' +
          'hour, to the hour below a day, then to the day, rounded down; null where there were none.',
      ),
    moderators: z
      .array(z.strictObject({ id: z.string(), name: z.string(), decisions: z.int().min(1) }))
      .describe('Who decided on comments on this day, whenever those were posted; most decisions first.'),
  })
  .meta({
    id: 'DayStats',
    examples: [
      {
        ...{ day: '2026-11-23', submitted: 40, approved: 35, held: 1, rejected: 2, spam: 1, deleted: 1, muted: 0, reported: 2 },
        medianMinutesHeld: 4,
        moderators: [{ id: 'mo', name: 'Mo', decisions: 9 }],
      },
    ],
  });

const stats = z
  .strictObject({ days: z.array(dayStats).min(1).max(90).describe('Today first; every day of the period.') })
  .meta({ id: 'Stats' });

const commentHistory = z
  .strictObject({
    ...fieldsInAnyStatus,
    waiting: z.string().nullable().describe('What it will say once its last edit has been screened.'),
    reportCount: count.describe('All its reports, those on other pages included.'),
    appeal: appeal.nullable(),
    verdicts: z.array(verdict).describe('Oldest first; the last 50 on each text.'),
    edits: z
      .array(z.strictObject({ revision, body: z.string().nullable(), html: z.string().nullable(), until: moment }))
      .describe('What it said before each edit, oldest first.'),
    decisions: z.array(auditRecord).describe('Oldest first; on the first page also those that are only being recorded.'),
    reports: z
      .array(
        z.strictObject({ memberId: z.string(), reason: z.enum(reportReasons), note: z.string().nullable(), createdAt: moment.nullable() }),
      )
      .describe('By the id of who reported.'),
    nextCursor: z.string().nullable().describe('Send it as `cursor` for more of its history; null on the last page.'),
  })
  .meta({ id: 'CommentHistory' });

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
  claimComments: {
    tag: 'moderation',
    summary: 'Claim what nobody else works on',
    description:
      'The oldest of the queue that no other moderator holds are yours for a minute; what you hold already comes first, and its minute ' +
      'begins anew. Appeals against your own decisions are left to others. No two moderators ever hold the same comment. A claim keeps others from doing the same work; it does not keep them ' +
      'from deciding. It ends by a decision, whoever decides, by `DELETE`, or by itself.',
    example: { limit: 10 },
    answers: { 200: json(claimed, 'What is yours now, as the queue shows it.') },
  },
  giveBackClaims: {
    tag: 'moderation',
    summary: 'Give back what I hold of a queue',
    answers: { 204: nothing('Others may claim it now.') },
  },
  decideOnComments: {
    tag: 'moderation',
    summary: 'Decide on up to 25 comments',
    description:
      'Each is decided on its own. With `revision`, a comment that has changed since is left alone and told as `conflict`. So is one with an ' +
      'unanswered appeal against a decision of your own: another moderator answers it, by whatever they decide, or an admin. And one ' +
      'that others keep changing at this moment, where another of the same request was applied already; otherwise that is answered with 503.',
    example: { decisions: [{ articleId: 'ceasefire', commentId: '01a2087d-055f-761f-a4ff-8ff03da283de', action: 'approve', revision: 1 }] },
    answers: { 200: json(decisionResults, 'What became of each, in the order asked.') },
  },
  startJob: {
    tag: 'moderation',
    summary: 'Take down a whole branch, or all that a member wrote lately',
    description:
      'A comment with everything below it, or what a member wrote in the last `days`: each is rejected by a decision of its own, recorded ' +
      'with the `note`. What is down already, and what only its muted author sees, stays as it is. It goes on after the answer, whatever happens.',
    example: { kind: 'reject-member', memberId: 'troll', days: 7, note: 'The same insult everywhere.' },
    answers: { 202: json(job, 'The work has begun.') },
  },
  getJob: {
    tag: 'moderation',
    summary: 'Ask how far a job is',
    description: 'Kept for a month after it is done.',
    answers: { 200: json(job, 'The job as it stands.') },
  },
  getUser: {
    tag: 'moderation',
    summary: 'See a member’s standing and record',
    description: 'Ids are the site’s own: somebody who has never been here is normal, with an empty record.',
    answers: { 200: json(user, 'The member.') },
    revisioned: true,
  },
  patchUser: {
    tag: 'moderation',
    summary: 'Give a member a standing',
    description:
      'It holds from their next post on, and is given as a whole: without `until` it has no end, without `note` nothing is noted. ' +
      'The member need not have been here before.',
    example: { standing: 'held', until: '2030-01-01T00:00:00.000Z', note: 'Three warnings.' },
    answers: { 200: json(user, 'The member as they stand now.') },
    ifMatch: 'optional',
    revisioned: true,
  },
  getCommentHistory: {
    tag: 'moderation',
    summary: 'Read a comment in any status with all that happened to it',
    description:
      'Also of an article that is off public view. A page has at most a hundred records: earlier texts with their verdicts first, then decisions, then ' +
      'reports. What its author deleted has no texts and no verdicts any more.',
    answers: { 200: json(commentHistory, 'The comment, and a page of its history.') },
    revisioned: true,
  },
  searchComments: {
    tag: 'moderation',
    summary: 'Search the comments of an article or an author in any status, newest first',
    description:
      '`article` or `author` is needed; what was posted from `since` on and before `until` is found. A page looks at 500 comments at ' +
      'most, so it may be short, or empty, before the last one.',
    answers: { 200: json(pageOf(commentInAnyStatus, 'CommentInAnyStatusPage'), 'A page of comments.') },
  },
  listAudit: {
    tag: 'moderation',
    summary: 'Read what moderators and admins did, newest first',
    description:
      'Every decision, standing, job and change of the policy, from `since` on and before `until`. Nothing is ever changed or removed, but for ' +
      '`memberId` and the note when that member erases their data. A decision is recorded when it is counted, a moment after it was taken. A page may ' +
      'be short, or empty, before the last one. With `Accept: application/x-ndjson` a page is one record a line, and `Link` leads to the next: ' +
      'follow it until there is none to export everything.',
    answers: {
      200: {
        ...json(pageOf(auditRecord, 'AuditPage'), 'A page of records.'),
        otherwise: text('application/x-ndjson', z.string(), 'A record a line.'),
      },
    },
  },
  getStats: {
    tag: 'moderation',
    summary: 'See what was posted and decided day by day',
    description:
      'The last `days`, today included, in UTC. A comment counts for the day on which it was posted, and moves between the numbers of that ' +
      'day whenever its status does, however late. Whoever erases their data is no longer named among the moderators.',
    answers: { 200: json(stats, 'The days.') },
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
      'or http to 127.0.0.1, localhost or [::1], on the laptop. About every comment that the rules approve or hold, but for those of trusted and muted members, it is sent a `POST` with ' +
      '`{id, articleId, parentId, revision, body, author: {id, name}, policyVersion}`, signed in `Understory-Signature: t=<unix seconds>,v1=<hex>` ' +
      'with the HMAC-SHA256 over the time, a dot and the body. It answers `{action: "approve"|"hold"|"reject"|"spam", evidence?}` and may only make ' +
      'stricter what the rules said. Whatever goes wrong, or takes longer than `timeoutMs`, comes to `onFailure`.',
    example: { suspectPhrases: ['snake oil'], links: { max: 1 }, checks: [{ name: 'tone', url: 'https://checks.example.org/tone' }] },
    answers: { 200: json(policy, 'The policy in force now.') },
    ifMatch: 'required',
    revisioned: true,
  },
  tryPolicy: {
    tag: 'moderation',
    summary: 'Try a policy on recent comments, changing nothing',
    description:
      'Tells what a policy would have made of every comment posted since a moment within the last 90 days, those of removed articles included: the ' +
      'last day first, at most 500 comments a page, and fewer where they take long. Every page looks at the period that ended with the first call. ' +
      'Comments that are being screened, that a muted member posted, or whose text is gone are passed over.\n\n' +
      'It changes nothing, and no check is asked. Of a check that the policy names, what counts is what a check of that name said when the comment ' +
      'was screened; where none was asked then, it says nothing.\n\n' +
      'A comment is tried as of the moment when it was posted or last edited: `newcomers` and `record` look at what its author had posted before. ' +
      'What is not kept is taken as it is now: the text after the last edit, what has become of the earlier comments, the `mode` of the article, and ' +
      'whether a comment that was repeated is still there. Reports count as they came in, whatever moderators answered them with. `maxLength`, ' +
      '`editMinutes`, `rate` and `reactions` decide on no comment, so they are not tried; nor is the breaking-news mode of an article. Its author’s ' +
      'standing is the one at that moment.',
    example: { policy: { suspectPhrases: ['snake oil'], links: { max: 1 } }, since: '2026-11-16T00:00:00.000Z' },
    answers: { 200: json(trial, 'What the policy would have done on this page.') },
    refuses: ['bad-cursor'],
  },
} satisfies Contracts;
