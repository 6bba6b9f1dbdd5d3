import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Repeated } from '#comments/comment.ts';
import type { Caller } from '#http/caller.ts';
import { table, tableName } from '#table/client.ts';
import { memberKey } from '#table/keys.ts';
import { buildUpdate } from '#table/update.ts';
import { rememberText } from './recent-texts.ts';

/** Notes what an edited comment says now, and finds the comment of the same member that said the same before. */
export async function rememberEdit(caller: Caller, commentId: string, body: string, now: Date): Promise<Repeated | undefined> {
  const { attribute, value, repeats } = rememberText(commentId, body, now);
  const answer = await table.send(
    new UpdateCommand({
      TableName: tableName,
      ...buildUpdate({ key: memberKey(caller.id), set: { name: caller.name, [attribute]: value } }),
      ReturnValues: 'UPDATED_OLD',
    }),
  );
  return repeats(answer.Attributes?.[attribute]);
}
