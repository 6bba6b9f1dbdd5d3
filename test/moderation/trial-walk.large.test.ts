import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createdAt } from '#comments/rules/view.ts';
import { beginningOf, findRecent, type Place } from '#moderation/recent-comments.ts';
import { call } from '../support/call.ts';
import { comment, openNewsroom, publish } from '../support/newsroom.ts';
import { postedAt } from '../support/posted-at.ts';
import { expectProblem } from '../support/problem.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { unitsOf } from '../support/units.ts';

const day = 86_400_000;
const noon = Math.floor(Date.now() / day) * day - day / 2;
/** The first moment of the period that is walked. */
const since = noon - 30 * day;

let settle: () => Promise<void>;
/** Every comment of the period, by when it was posted. */
const ids: string[] = [];

/** Comments of one article and day, of as many as pages of several sizes may stumble over. */
const crowds = [1, 24, 25, 26, 49, 50, 51, 130];

beforeAll(async () => {
  settle = await openNewsroom();
  const post = async (time: number, articleId: string) => ids.push(await postedAt(time, { articleId, authorId: `member of ${articleId}` }));
  for (const [n, count] of crowds.entries()) {
    for (let m = 0; m < count; m += 1) await post(noon - n * day + m * 1_000, `crowd-${n % 3}`);
  }
  // A quiet month: more articles on a day than are looked at side by side, and days without any.
  for (let n = 0; n < 230; n += 1) await post(noon - (10 + (n % 7) * 3) * day + n, `quiet-${n % 115}`);
  await post(since, 'edge');
  await postedAt(since - 1, { articleId: 'edge' });
  await postedAt(since - 1, { articleId: 'over' });
  await settle();
}, 120_000);

afterEach(() => void vi.restoreAllMocks());

const holdAll = { mode: 'moderated' };
const from = new Date(since).toISOString();
const ask = async (body: object) => call('POST /v1/moderation/policy/trial', { token: await tokenOf('mod', ['moderator']), body });

/** Walks a trial that changes every comment; gives the ids of each page. `between` runs after every page but the last. */
async function walk(between: () => Promise<unknown> = async () => undefined): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | undefined; cursor !== null; ) {
    const { status, json } = await ask({ policy: holdAll, since: from, cursor });
    expect(status).toBe(200);
    expect(json.examined).toBe(json.changed.length);
    pages.push(json.changed.map(({ commentId }: { commentId: string }) => commentId));
    cursor = json.nextCursor;
    if (cursor !== null) await between();
  }
  return pages;
}

describe('a trial of more comments than a page takes', () => {
  it('comes to every comment of the period once, the last day first, at most 500 a page', async () => {
    const pages = await walk();
    const days = pages.flat().map((id) => createdAt(id).slice(0, 10));
    expect(pages.length).toBeGreaterThan(1);
    expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(500);
    expect(pages.flat().sort()).toEqual([...ids].sort());
    expect(days).toEqual(days.toSorted().reverse());
  });

  it('takes fewer at once where it takes long, and still comes to all', async () => {
    let now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 5_000;
      return now;
    });
    const pages = await walk();
    expect(pages.flat().sort()).toEqual([...ids].sort());
    expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(100);
  });

  it('goes on only where it is the same trial', async () => {
    const { json } = await ask({ policy: holdAll, since: from });
    const { nextCursor: cursor } = json;
    const same = { ...holdAll, links: { max: 2 }, version: 4, updatedBy: 'somebody' };
    expect((await ask({ policy: same, since: from, cursor })).status).toBe(200);
    for (const other of [{ policy: { ...holdAll, links: { max: 3 } } }, { since: new Date(since + 1).toISOString() }]) {
      expectProblem(await ask({ policy: holdAll, since: from, cursor, ...other }), 400, 'bad-cursor');
    }
  });

  it('costs at most one and a half read units a comment, and writes nothing', async () => {
    const before = await scanTable();
    let examined = 0;
    const units = await unitsOf(async () => {
      examined = (await ask({ policy: holdAll, since: from })).json.examined;
    });
    expect(await scanTable()).toEqual(before);
    expect(units.write).toBe(0);
    expect(units.read).toBeLessThanOrEqual(examined * 1.5);
  });

  it('leaves out what is posted after its first page, and goes on', async () => {
    await publish('late');
    const pages = await walk(async () => {
      await comment('ann', 'late', `while somebody looks ${performance.now()}`);
      await settle();
    });
    expect(pages.flat().sort()).toEqual([...ids].sort());
  });
});

describe('finding recent comments', () => {
  it.each([7, 24, 25, 26, 100, 1_000])('comes to each once, %i at a time', async (limit) => {
    const period = { since, until: noon + day / 2 };
    const found: string[] = [];
    for (let place: Place | undefined = beginningOf(period); place !== undefined; ) {
      const step = await findRecent(period, place, limit);
      expect(step.ids.length).toBeLessThanOrEqual(limit);
      found.push(...step.ids);
      place = step.next;
    }
    expect(found.sort()).toEqual([...ids].sort());
  });

  it('asks for the days of a hundred articles in one step, however little it finds', async () => {
    const begin = noon - 40 * day;
    for (let n = 0; n < 130; n += 1) await postedAt(begin + n, { articleId: `early-${n}` });
    await settle();
    const period = { since: begin, until: begin + 2 };
    const steps: string[][] = [];
    for (let place: Place | undefined = beginningOf(period); place !== undefined; ) {
      const from = place;
      const { calls } = await unitsOf(async () => {
        const step = await findRecent(period, from, 100);
        steps.push(step.ids);
        place = step.next;
      });
      expect(calls.length).toBeLessThanOrEqual(5 + 100);
    }
    expect(steps.length).toBe(2);
    expect(steps.flat()).toHaveLength(2);
  });
});
