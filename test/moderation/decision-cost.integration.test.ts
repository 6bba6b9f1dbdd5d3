import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../support/call.ts';
import { comment, decide, decideAs, openNewsroom, publish } from '../support/newsroom.ts';
import { hardText } from '../support/prose.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';

let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('open');
  await publish('moderated', { commenting: { mode: 'moderated' } });
});

async function report(id: string, members: readonly string[]): Promise<void> {
  for (const member of members) {
    const token = await tokenOf(member);
    const { status } = await call(`POST /v1/articles/open/comments/${id}/reports`, {
      token,
      body: { reason: 'spam', note: 'An advertisement.' },
    });
    expect(status).toBe(201);
  }
  await settle();
}

async function posted(article: string, body: string): Promise<string> {
  const id = await comment('ann', article, body);
  await settle();
  return id;
}

/** How a comment comes to wait in a queue; gives its article and id. */
const ways = {
  'waits as a held one': async (body: string) => ['moderated', await posted('moderated', body)],
  'waits because it was reported': async (body: string) => {
    const id = await posted('open', body);
    await report(id, ['eve']);
    return ['open', id];
  },
  'is held because it was reported': async (body: string) => {
    const id = await posted('open', body);
    await report(id, ['eve', 'flo', 'gus']);
    return ['open', id];
  },
  'waits for an answer to its author’s appeal': async (body: string) => {
    const id = await posted('open', body);
    await decide('open', id, 'reject');
    await settle();
    const token = await tokenOf('ann');
    const { status } = await call(`POST /v1/articles/open/comments/${id}/appeal`, { token, body: { note: 'I said nothing wrong.' } });
    expect(status).toBe(201);
    await settle();
    return ['open', id];
  },
} satisfies Record<string, (body: string) => Promise<string[]>>;
type Way = keyof typeof ways;

const lengths = [100, 500, 1_000, 1_024, 5_000];
const judgements = ['approve', 'reject', 'spam'] as const;
const cases = (Object.keys(ways) as Way[]).flatMap((way) =>
  lengths.flatMap((length) => judgements.map((action) => ({ way, length, action }))),
);

/** Write units of a decision with a note, until it is answered; it must have been carried out. */
async function price(way: Way, length: number, action: (typeof judgements)[number] | 'feature'): Promise<number> {
  const [article = '', id = ''] = await ways[way](hardText(`${way}, ${length}, ${action}`, length));
  let outcome: string | undefined;
  const units = await unitsOf(async () => {
    ({ outcome } = await decideAs('second', article, id, action, { note: 'As we agreed on Monday.' }));
  });
  expect(outcome).toBe('applied');
  await settle();
  return units.write;
}

// The comment itself is written at its size, and a row of names leaves the queue (1): two units for up to a kilobyte of text.
describe('a decision until it is answered', () => {
  it.each(cases)(
    'costs at most 3 write units up to a kilobyte, 5 for 5,000 characters: it $way, $length characters, $action',
    async ({ way, length, action }) => {
      expect(await price(way, length, action)).toBeLessThanOrEqual(length > 1_024 ? 5 : 3);
    },
  );

  it.each([100, 500, 1_000])('costs at most 3 where a comment of %i characters is featured that readers have reported', async (length) => {
    expect(await price('waits because it was reported', length, 'feature')).toBeLessThanOrEqual(3);
  });
});
