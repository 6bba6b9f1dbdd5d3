import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readComment } from '#comments/comment-storage.ts';
import { table } from '#table/client.ts';
import { openNewsroom } from '../support/newsroom.ts';
import { postedAt } from '../support/posted-at.ts';
import { scanTable } from '../support/table.ts';
import { unitsOf } from '../support/units.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
});
afterEach(() => void vi.restoreAllMocks());

/** Everything noted, in order. */
const notes = async () =>
  (await scanTable<{ pk: string; sk: string; expiresAt: number }>())
    .filter(({ pk }) => pk === 'ACTIVE')
    .sort((a, b) => (a.sk < b.sk ? -1 : 1));

describe('the day on which something was posted on an article', () => {
  it('is noted once, in UTC, and forgotten when 90 days have passed', async () => {
    const lastMoment = Date.parse('2026-01-05T23:59:59.999Z');
    const units = await unitsOf(async () => {
      for (const time of [lastMoment - 1, lastMoment, lastMoment + 1]) await postedAt(time, { articleId: 'busy' });
      await settle();
      await postedAt(lastMoment - 2, { articleId: 'busy' });
      await settle();
    });
    expect(units.calls.filter((name) => name === 'UpdateItem')).toHaveLength(2);
    expect(await notes()).toMatchObject([
      { sk: '2026-01-05 busy', expiresAt: Date.parse('2026-04-06T00:00:00Z') / 1_000 },
      { sk: '2026-01-06 busy', expiresAt: Date.parse('2026-04-07T00:00:00Z') / 1_000 },
    ]);
  });

  it('is noted before anything is counted: without the note the comment waits', async () => {
    const id = await postedAt(Date.now(), { articleId: 'unnoted' });
    const send = table.send.bind(table);
    vi.spyOn(table, 'send').mockImplementation((command: unknown) => {
      if (command instanceof UpdateItemCommand) throw new Error('the store is down');
      return send(command as never);
    });
    await expect(settle()).rejects.toThrow('the store is down');
    expect(await readComment('unnoted', id)).toMatchObject({ status: 'pending', unsettled: true });
  });
});
