import * as z from 'zod';
import { commentStatuses } from '#comments/rules/status.ts';
import { articleId, commentId } from '#http/scalars.ts';
import { count, moment, pageOf, revision } from './schemas.ts';

const author = z
  .strictObject({ id: z.string(), name: z.string(), picture: z.string().nullable().describe('Web address of a picture.') })
  .meta({ id: 'Author' });

const fields = <Status extends z.ZodType>(status: Status) => ({
  id: commentId,
  articleId,
  parentId: z.nullable(commentId).describe('The comment this one answers; null at the top level.'),
  depth: count.describe('0 is the top level.'),
  author: author.nullable().describe('Null in a tombstone.'),
  body: z.string().nullable().describe('What the member wrote, in Markdown; null in a tombstone.'),
  html: z.string().nullable().describe('The sanitised rendering of `body`, safe to insert as it is; null in a tombstone.'),
  status,
  createdAt: moment,
  editedAt: moment.nullable(),
  replyCount: count.describe('Approved direct replies.'),
  reactions: z.record(z.string(), count).describe('How many members reacted, by kind.'),
  featured: z.boolean(),
  revision,
});

const example = {
  id: '01a2087d-055f-761f-a4ff-8ff03da283de',
  articleId: 'ceasefire',
  parentId: null,
  depth: 0,
  author: { id: 'ann', name: 'Ann', picture: null },
  body: 'Thank you for this report.',
  html: '<p>Thank you for this report.</p>',
  status: 'approved',
  createdAt: '2026-11-23T09:30:00.000Z',
  editedAt: null,
  replyCount: 2,
  reactions: { like: 3 },
  featured: false,
  revision: 1,
};

/** A comment as readers see it: approved, or a tombstone that keeps its place over visible replies. */
const publicStatus = z
  .enum(['approved', 'deleted', 'removed'])
  .describe('`deleted` and `removed` are tombstones: by its author, by a moderator.');
export const comment = z.strictObject(fields(publicStatus)).meta({ id: 'Comment', examples: [example] });
const commentPage = pageOf(comment, 'CommentPage');

/** A comment of a page, with its oldest replies where they were asked for. */
export const threadPage = pageOf(
  z.strictObject({ ...fields(publicStatus), replies: commentPage.optional() }).meta({ id: 'ThreadComment' }),
  'ThreadPage',
);

/** A comment found by its permalink. */
export const commentWithAncestors = z
  .strictObject({
    ...fields(publicStatus),
    ancestors: z.array(comment).describe('The nearest 100 at most, from the outermost down to the parent.'),
    ancestorsOmitted: count.describe('How many there are above those: the permalink of the first of `ancestors` goes on with them.'),
  })
  .meta({ id: 'CommentWithAncestors' });

/** A comment as moderators see it, in whatever status. */
const anyStatus = z
  .enum(commentStatuses)
  .describe('`pending` is being screened, `held` waits for a moderator, `muted` is shown to its author alone.');
export const fieldsInAnyStatus = fields(anyStatus);
export const commentInAnyStatus = z.strictObject(fieldsInAnyStatus).meta({ id: 'CommentInAnyStatus' });

/** A comment as its author sees it: what is muted looks approved to them. */
const ownFields = fields(z.enum(commentStatuses).exclude(['muted']).describe('`pending` is being screened, `held` waits for a moderator.'));
export const ownComment = z
  .strictObject(ownFields)
  .meta({ id: 'OwnComment', examples: [{ ...example, status: 'pending', replyCount: 0, reactions: {} }] });

export const appeal = z
  .strictObject({ note: z.string(), at: moment, answeredAt: moment.nullable().describe('Null while a moderator is awaited.') })
  .meta({ id: 'Appeal', examples: [{ note: 'It is a quotation.', at: '2026-11-23T09:40:00.000Z', answeredAt: null }] });

const reasons = z
  .strictObject({
    decidedBy: z.enum(['rules', 'moderator']),
    rules: z.array(z.string()).describe('The rules that fired, by name: they decided, or brought it before the moderator.'),
    at: moment,
  })
  .meta({ id: 'Reasons', examples: [{ decidedBy: 'rules', rules: ['bannedPhrases'], at: '2026-11-23T09:30:00.412Z' }] });

/** A comment as its author finds it later, with what became of it. */
export const explainedFields = {
  ...ownFields,
  reasons: reasons.nullable().describe('Why it is held, rejected or spam; null otherwise.'),
  appeal: appeal.nullable().describe('What I have said against it.'),
};
export const explainedComment = z.strictObject(explainedFields).meta({ id: 'ExplainedComment' });
export const ownCommentPage = pageOf(explainedComment, 'OwnCommentPage');
