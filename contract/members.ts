import * as z from 'zod';
import { queueNames } from '#comments/rules/contribution.ts';
import { reportOutcomes, reportReasons } from '#comments/rules/reports.ts';
import { commentId, jobId } from '#http/scalars.ts';
import { standings } from '#members/rules/standing.ts';
import { explainedComment, explainedFields, ownCommentPage } from './comment-schemas.ts';
import { type Contracts, json } from './route-contract.ts';
import { moment, pageOf } from './schemas.ts';
import { ownVerdict } from './verdict.ts';

const myArticle = z
  .strictObject({
    comments: z
      .array(explainedComment)
      .describe(
        'Own comments here that are not approved, newest first: 100 at most and what one answer takes, of the last 500 on all articles.',
      ),
    reactions: z.record(z.string(), z.string()).describe('Own reactions here: kinds by comment id, the newest 500.'),
    reports: z
      .record(z.string(), z.strictObject({ reason: z.enum(reportReasons), outcome: z.enum(reportOutcomes) }))
      .describe('Own reports here, by comment id, of the newest 100 comments.'),
  })
  .meta({ id: 'MyArticle' });

const stored = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('profile'),
      id: z.string(),
      name: z.string().nullable(),
      standing: z.enum(standings).exclude(['muted']),
      until: moment.nullable().describe('When the standing ends by itself.'),
    }),
    z.strictObject({ type: z.literal('claim'), queue: z.enum(queueNames), commentIds: z.array(commentId), until: moment }),
    z.strictObject({
      type: z.literal('comment'),
      ...explainedFields,
      verdict: ownVerdict.nullable(),
      earlier: z.array(z.strictObject({ body: z.string().nullable(), until: moment })).describe('What it said before each edit.'),
      waiting: z.string().nullable().describe('What it will say once its last edit has been screened.'),
    }),
    z.strictObject({ type: z.literal('reaction'), commentId, kind: z.string() }),
    z.strictObject({
      type: z.literal('report'),
      commentId,
      reason: z.enum(reportReasons),
      note: z.string().nullable(),
      createdAt: moment.nullable(),
    }),
  ])
  .meta({ id: 'Stored' });

const erasure = z
  .strictObject({
    id: jobId,
    state: z.enum(['running', 'done']),
    startedAt: moment,
    doneAt: moment.nullable(),
    removed: z.strictObject({ comments: z.int(), reactions: z.int(), reports: z.int() }).describe('What was removed so far.'),
  })
  .meta({ id: 'Erasure' });

export const memberContracts = {
  listMyComments: {
    tag: 'me',
    summary: 'List my comments in every status, newest first',
    answers: { 200: json(ownCommentPage, 'A page of own comments.') },
  },
  getMyArticle: {
    tag: 'me',
    summary: 'Read what the public list of an article cannot show me',
    answers: { 200: json(myArticle, 'Own unapproved comments, own reactions and own reports.') },
  },
  exportMe: {
    tag: 'me',
    summary: 'Export all that is stored about me',
    description: 'The profile and what I have claimed first, then every comment in whatever status, every reaction and every report.',
    answers: { 200: json(pageOf(stored, 'ExportPage'), 'A page of what is stored.') },
  },
  deleteMe: {
    tag: 'me',
    summary: 'Erase all that is stored about me',
    description:
      'Comments lose their text and their author, and stay as tombstones where visible replies hang below them; reactions and reports ' +
      'go, and so does the profile. It goes on after the answer, whatever happens; `Location` tells how far it is.',
    answers: { 202: json(erasure, 'The erasure has begun.') },
  },
  getErasure: {
    tag: 'me',
    summary: 'Ask how far an erasure is, and what it removed',
    description: 'Kept for a month after it is done; it names nobody.',
    answers: { 200: json(erasure, 'The erasure as it stands.') },
  },
} satisfies Contracts;
