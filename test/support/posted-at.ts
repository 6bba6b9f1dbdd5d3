import type { Comment } from '#comments/comment.ts';
import { writeNewComment } from '#comments/comment-storage.ts';
import { earliestId } from '#comments/rules/earliest-id.ts';
import { packView } from '#comments/rules/view.ts';
import { commentWith } from '../settling/comments.ts';

let written = 0;

/** Writes a comment as if it had been posted at a moment (milliseconds since 1970); gives its id. */
export async function postedAt(
  time: number,
  fields: { [K in keyof Comment]?: Comment[K] | undefined } & { body?: string } = {},
): Promise<string> {
  written += 1;
  const { body = `comment ${written}`, ...rest } = fields;
  const order = `${earliestId(time)}-7000-8000-${written.toString(16).padStart(12, '0')}`;
  const view = packView({ parentId: null, depth: 0, author: null, body, html: `<p>${body}</p>`, editedAt: null, featured: false });
  await writeNewComment(commentWith({ order, view, reactions: {}, reports: {}, ...rest }));
  return order;
}
