import type { Repeated } from '#comments/comment.ts';
import type { Caller } from '#http/caller.ts';
import { rememberText } from './recent-texts.ts';
import type { PostingStanding } from './rules/standing.ts';
import { writeAsMember } from './write-as-member.ts';

/** What an edit learns of its author. */
export interface RememberedEdit {
  /** The comment of the same member that said the same before. */
  repeated: Repeated | undefined;
  standing: PostingStanding;
}

/**
 * Notes what an edited comment says now, and tells what is known of its author.
 *
 * @throws Problem `forbidden` (403) for who is banned
 */
export async function rememberEdit(caller: Caller, commentId: string, body: string, now: Date): Promise<RememberedEdit> {
  const { attribute, value, repeats } = rememberText(commentId, body, now);
  const { found, standing } = await writeAsMember(caller, { [attribute]: value }, now);
  return { repeated: repeats(found[attribute]), standing };
}
