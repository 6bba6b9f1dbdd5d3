/** Edits one comment takes at most: each earlier text is kept, and all are forgotten together when it is deleted. */
export const mostEdits = 50;

/** Whether a comment made at `createdAt` may still be edited at `now`. */
export const mayStillEdit = (createdAt: string, editMinutes: number, now: Date): boolean =>
  now.getTime() - Date.parse(createdAt) <= editMinutes * 60_000;
