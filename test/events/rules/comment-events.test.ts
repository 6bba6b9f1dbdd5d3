import { describe, expect, it } from 'vitest';
import type { CommentItem } from '#comments/comment.ts';
import { commentEvents } from '../../../functions/events/rules/comment-events.ts';

const item = (changes: Partial<CommentItem> = {}): CommentItem => ({
  ...{ pk: 'C#c', sk: 'comment', order: 'c', article: 'a', author: 'ann', view: '{}' },
  ...{ status: 'approved', revision: 1, version: 1 },
  ...changes,
});
const types = (before: CommentItem | undefined, after: CommentItem) => commentEvents(before, after).map(({ type }) => type);

describe('what happened to a comment', () => {
  it('says which comment, where it stands now and at which revision, and nothing of what it says or who wrote it', () => {
    expect(commentEvents(item({ status: 'pending' }), item({ parentId: 'p', revision: 3 }))).toEqual([
      { type: 'comment.approved', articleId: 'a', commentId: 'c', parentId: 'p', status: 'approved', revision: 3 },
    ]);
  });

  it('is its submission, and its approval too where it is seen at once', () => {
    expect(types(undefined, item({ status: 'pending' }))).toEqual(['comment.submitted']);
    expect(types(undefined, item({ unscreened: true }))).toEqual(['comment.submitted', 'comment.approved']);
  });

  it.each(['approved', 'held', 'rejected', 'spam'] as const)('is that it came to be %s', (status) => {
    expect(types(item({ status: 'pending' }), item({ status }))).toEqual([`comment.${status}`]);
  });

  it('is an edit, and what became of the edit, though the status is the same as before', () => {
    const edited = item({ revision: 2, edited: '{}', earlier: [1], unscreened: true });
    expect(types(item(), edited)).toEqual(['comment.edited']);
    expect(types(edited, item({ revision: 2, earlier: [1] }))).toEqual(['comment.approved']);
    expect(types(edited, item({ revision: 2, earlier: [1], status: 'held' }))).toEqual(['comment.held']);
  });

  it('is each decision of a moderator when it is taken, and nothing once it is settled', () => {
    const held = item({ status: 'held' });
    const rejected = item({ status: 'held', decided: { status: 'rejected', revision: 2 } });
    const approved = item({ status: 'held', decided: { status: 'approved', revision: 3 } });
    expect(commentEvents(held, rejected)).toMatchObject([{ type: 'comment.rejected', status: 'rejected', revision: 2 }]);
    expect(commentEvents(rejected, approved)).toMatchObject([{ type: 'comment.approved', status: 'approved', revision: 3 }]);
    expect(types(approved, item({ status: 'approved', revision: 3 }))).toEqual([]);
  });

  it('is an edit alone where that is seen at once and passes', () => {
    const edited = item({ revision: 2, earlier: [1], unscreened: true });
    expect(types(item(), edited)).toEqual(['comment.edited']);
    expect(types(edited, item({ revision: 2, earlier: [1] }))).toEqual([]);
  });

  it('is that its author took it back, once', () => {
    expect(types(item({ edited: '{}', earlier: [1] }), item({ status: 'deleted' }))).toEqual(['comment.deleted']);
    expect(types(item({ status: 'deleted' }), item({ status: 'deleted', version: 2 }))).toEqual([]);
  });

  it('is nothing where only counts moved, or what a muted member posted was put away', () => {
    expect(types(item({ unsettled: true }), item({ replyCount: 1, counted: { status: 'approved', shown: true } }))).toEqual([]);
    expect(types(item({ status: 'pending' }), item({ status: 'muted' }))).toEqual([]);
  });
});
