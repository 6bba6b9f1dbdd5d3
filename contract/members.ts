import * as z from 'zod';
import { reportReasons } from '#comments/rules/reports.ts';
import { commentId } from '#http/scalars.ts';
import { fieldsInAnyStatus, ownComment, ownCommentPage } from './comment-schemas.ts';
import { type Contracts, json } from './route-contract.ts';
import { moment, pageOf } from './schemas.ts';
import { verdict } from './verdict.ts';

const myArticle = z
  .strictObject({
    comments: z.array(ownComment).describe('Own comments here that are not approved, newest first.'),
    reactions: z.record(z.string(), z.string()).describe('Own reactions here: kinds by comment id.'),
  })
  .meta({ id: 'MyArticle' });

const stored = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('profile'), id: z.string(), name: z.string().nullable() }),
    z.strictObject({ type: z.literal('comment'), ...fieldsInAnyStatus, verdict: verdict.nullable() }),
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

export const memberContracts = {
  listMyComments: {
    tag: 'me',
    summary: 'List my comments in every status, newest first',
    answers: { 200: json(ownCommentPage, 'A page of own comments.') },
  },
  getMyArticle: {
    tag: 'me',
    summary: 'Read what the public list of an article cannot show me',
    answers: { 200: json(myArticle, 'Own unapproved comments and own reactions.') },
  },
  exportMe: {
    tag: 'me',
    summary: 'Export all that is stored about me',
    description: 'The profile first, then every comment in whatever status, every reaction and every report.',
    answers: { 200: json(pageOf(stored, 'ExportPage'), 'A page of what is stored.') },
  },
} satisfies Contracts;
