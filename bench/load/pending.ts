import { uuidv7 } from 'uuidv7';
import { acceptBody } from '#comments/accept-body.ts';
import type { CommentItem } from '#comments/comment.ts';
import { itemOf } from '#comments/comment-storage.ts';
import { newComment } from '#comments/new-comment.ts';
import { defaultPolicy } from '#moderation/rules/policy.ts';

const members = 2_000;
let made = 0;

/** A comment of 500 characters as it is written when it is posted now, of one member after the other. */
export function pendingComment(articleId: string): CommentItem {
  made += 1;
  const member = `member-${made % members}`;
  const text = acceptBody(`Comment ${made} ${'says what it has to say '.repeat(30)}`.slice(0, 500), defaultPolicy.maxLength);
  return itemOf(
    newComment({
      ...{ id: uuidv7(), articleId, parent: undefined, text, open: false, standing: 'normal', repeated: undefined },
      author: { id: member, name: member, picture: null, roles: new Set() },
    }),
  );
}
