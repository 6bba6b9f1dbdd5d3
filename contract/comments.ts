import * as z from 'zod';
import { reportOutcomes, reportReasons } from '#comments/rules/reports.ts';
import { appeal, commentWithAncestors, ownComment, threadPage } from './comment-schemas.ts';
import { type Contracts, json, nothing, text } from './route-contract.ts';
import { moment } from './schemas.ts';

const reaction = z.strictObject({ kind: z.string() }).meta({ id: 'Reaction', examples: [{ kind: 'like' }] });

const reportOutcome = z
  .enum(reportOutcomes)
  .describe('`removed`: the comment is gone; `kept`: a moderator has seen it since and approved; `open` otherwise.');

const report = z
  .strictObject({ reason: z.enum(reportReasons), note: z.string().nullable(), createdAt: moment, outcome: reportOutcome })
  .meta({ id: 'Report', examples: [{ reason: 'spam', note: null, createdAt: '2026-11-23T09:31:00.000Z', outcome: 'open' }] });

export const commentContracts = {
  listComments: {
    tag: 'comments',
    summary: 'Read a page of a thread, or the flat view of all comments',
    description:
      'Top-level comments, or with `parent` the replies under it; `replies` embeds that many of the oldest replies in each item, ' +
      'whose `nextCursor` goes on with `parent` and `sort=oldest`. A `parent` that readers cannot see is unknown. ' +
      '`view=flat` gives every approved comment, replies included, oldest first, and takes no `parent`.',
    answers: { 200: json(threadPage, 'A page of comments.') },
  },
  getComment: {
    tag: 'comments',
    summary: 'Read one comment with the comments above it',
    answers: { 200: json(commentWithAncestors, 'The comment.') },
    revisioned: true,
  },
  getFeed: {
    tag: 'comments',
    summary: 'Follow the newest approved comments as a feed',
    answers: { 200: text('application/atom+xml', z.string(), 'An Atom feed (RFC 4287).') },
  },
  postComment: {
    tag: 'comments',
    summary: 'Post a comment or a reply',
    description: 'The answer tells the status it starts with; screening follows at once.',
    example: { body: 'Thank you for this report.' },
    answers: { 201: json(ownComment, 'The comment as it was taken.') },
    refuses: ['forbidden', 'comments-closed', 'conflict'],
    idempotencyKey: true,
    limited: true,
    revisioned: true,
  },
  patchComment: {
    tag: 'comments',
    summary: 'Edit an own comment',
    description: 'Within the edit window of the policy. It is screened again; until then readers go on seeing what was approved.',
    example: { body: 'Thank you for this thorough report.' },
    answers: { 200: json(ownComment, 'The comment with its edit.') },
    refuses: ['forbidden', 'conflict'],
    ifMatch: 'required',
    revisioned: true,
  },
  deleteComment: {
    tag: 'comments',
    summary: 'Take an own comment back',
    description: 'Its text is gone for good; where visible replies hang below it, a tombstone keeps its place.',
    answers: { 204: nothing('It is gone.') },
    refuses: ['forbidden'],
    ifMatch: 'optional',
  },
  putReaction: {
    tag: 'comments',
    summary: 'React to a comment',
    description: 'One reaction per member and comment: a new kind replaces the old one.',
    example: { kind: 'like' },
    answers: { 200: json(reaction, 'The reaction as it stands.') },
    refuses: ['forbidden', 'not-found', 'conflict'],
  },
  deleteReaction: {
    tag: 'comments',
    summary: 'Take a reaction back',
    answers: { 204: nothing('There is no reaction of this member any more.') },
  },
  postReport: {
    tag: 'comments',
    summary: 'Report a comment to the moderators',
    description: 'Once per member and comment; the same again is answered with the first report and what came of it.',
    example: { reason: 'spam', note: 'The same link under every story.' },
    answers: { 200: json(report, 'The report that was there already.'), 201: json(report, 'The report.') },
    refuses: ['forbidden', 'conflict'],
  },
  postAppeal: {
    tag: 'comments',
    summary: 'Appeal against the taking down of an own comment',
    description:
      'Once, against `rejected` or `spam`; whoever is banned may as well. A moderator other than the one who took it down decides again.',
    example: { note: 'It is a quotation from the article.' },
    answers: { 201: json(appeal, 'The appeal.') },
    refuses: ['forbidden', 'conflict'],
  },
} satisfies Contracts;
