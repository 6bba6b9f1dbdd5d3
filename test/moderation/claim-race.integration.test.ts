import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { moderate } from '../support/newsroom.ts';
import { createTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { type Waiting, writeWaiting } from '../support/waiting.ts';

const moderators = Array.from({ length: 20 }, (_, n) => `mod-${n}`);
const each = 25;
const waiting = Array.from({ length: moderators.length * each }, (_, n): Waiting => {
  return { id: uuidv7(), articleId: 'story', author: `member-${n % 50}`, body: `waits as number ${n}` };
});

beforeAll(async () => {
  await createTable();
  await writeWaiting(waiting);
});

interface Item {
  id: string;
  claimedBy: string | null;
}

async function claim(moderator: string): Promise<Item[]> {
  const token = await tokenOf(moderator, ['moderator']);
  const answer = await call('POST /v1/moderation/queues/held/claims', { token, body: { limit: each } });
  expect(answer.status).toBe(200);
  return answer.json.items;
}

describe('twenty moderators who claim at once', () => {
  it('share a queue of 500 among them: nobody gets what another has, and nothing is left', async () => {
    const claimed = await Promise.all(moderators.map(claim));
    for (const [n, items] of claimed.entries()) {
      expect(items).toHaveLength(each);
      expect(new Set(items.map(({ claimedBy }) => claimedBy))).toEqual(new Set([moderators[n]]));
    }
    expect(
      claimed
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(waiting.map(({ id }) => id));
    const items: Item[] = (await moderate('/v1/moderation/queues/held', { query: { limit: '100' } })).json.items;
    expect(items.map(({ claimedBy }) => claimedBy)).not.toContain(null);
  });
});
