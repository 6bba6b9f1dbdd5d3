import { beforeAll, describe, expect, it, vi } from 'vitest';
import { unitsPerRound } from '#articles/recount-round.ts';
import { getItem } from '#table/get.ts';
import { articleTallyKey, type Key, recountRoundKey } from '#table/keys.ts';
import { writeChange } from '#table/write.ts';
import { handler } from '../functions/housekeeping.ts';
import { collectLines, type LogLine, metricsOf } from './support/log-lines.ts';
import { comment, decide, openNewsroom, post, publish, putPolicy, read, recountAs } from './support/newsroom.ts';
import { postedAt } from './support/posted-at.ts';

vi.hoisted(() => {
  process.env.AWS_LAMBDA_LOG_LEVEL = 'INFO';
});

const takeLines = collectLines();
let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
});

/** Runs the schedule's function; gives its lines by their message. */
async function keepHouse(): Promise<Record<string, LogLine>> {
  takeLines();
  await handler();
  return Object.fromEntries(takeLines().map((line) => [line.message, line]));
}

const metric = (line: LogLine | undefined, name: string) => metricsOf(line ?? {})[name]?.value;
const set = (key: Key, fields: Record<string, unknown>) => writeChange({ key, set: fields });
/** Lets the next round begin both lists anew, as the last one may have stopped anywhere. */
const beginAnew = () => set(recountRoundKey, { lately: undefined, all: undefined, owed: 0 });

async function story(articleId: string, comments: number): Promise<void> {
  await publish(articleId);
  for (let n = 0; n < comments; n += 1) await comment('ann', articleId, `comment ${n} on ${articleId}`);
  await settle();
}

describe('housekeeping', () => {
  it('finds a wrong tally by itself, tells of it by article and in sum, and mends it', async () => {
    await story('right', 1);
    await story('wrong', 2);
    await story('worse', 1);
    await set(articleTallyKey('wrong'), { approved: 7 });
    await set(articleTallyKey('worse'), { held: 3 });

    const { recounted } = await keepHouse();
    expect(recounted?.drifted).toEqual({ wrong: 5, worse: 3 });
    expect(metricsOf(recounted ?? {}).Drift).toEqual({ value: 8, unit: 'Count', by: { Work: 'recounting' }, namespace: 'Understory' });
    expect(metric(recounted, 'Articles')).toBe(3);
    expect((await read('/v1/articles/wrong')).json.commentCount).toBe(2);

    await beginAnew();
    const { recounted: again } = await keepHouse();
    expect(again?.drifted).toEqual({});
    expect(metric(again, 'Drift')).toBe(0);
  });

  it('is told of in the same words where an admin asked for the recount', async () => {
    await story('asked', 1);
    await set(articleTallyKey('asked'), { approved: 3 });
    takeLines();
    await recountAs('root', ['admin'], 'asked');

    const line = takeLines().find(({ message }) => message === 'recounted');
    expect(line?.drifted).toEqual({ asked: 2 });
    expect(metric(line, 'Drift')).toBe(2);
  });

  it('recounts an article too that was removed since it was commented on', async () => {
    await story('gone', 1);
    await set(articleTallyKey('gone'), { approved: 4, removed: true });
    await beginAnew();

    expect((await keepHouse()).recounted?.drifted).toEqual({ gone: 3 });
  });

  it('goes on where its units ended, until all articles had their turn', async () => {
    await set(recountRoundKey, { lately: undefined, all: undefined, owed: unitsPerRound - 3 });
    const counted = [];
    for (let round = 0; round < 3; round += 1) {
      counted.push(metric((await keepHouse()).recounted, 'Articles'));
      const { owed } = (await getItem<{ owed: number }>(recountRoundKey))!;
      expect(owed).toBeGreaterThanOrEqual(0);
      await set(recountRoundKey, { owed: unitsPerRound - 3 });
    }
    // Half of the units are for those commented on lately, and all of these are spent: the others come one at a time.
    const { all } = (await getItem<{ all?: string }>(recountRoundKey))!;
    expect(counted).toEqual([1, 1, 1]);
    expect(all).toMatch(/ /);
  });

  it('pays back what one article took too much, before it recounts another', async () => {
    await set(recountRoundKey, { owed: unitsPerRound * 2 });
    const { recounted } = await keepHouse();

    expect(metric(recounted, 'Articles')).toBe(0);
    expect((await getItem<{ owed: number }>(recountRoundKey))?.owed).toBeLessThan(unitsPerRound * 1.1);
    await beginAnew();
  });

  it('takes no comment that arrives while it recounts for drift', async () => {
    await story('busy', 5);
    let posted = 0;
    let done = false;
    const posting = (async () => {
      while (!done) {
        const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => post(`member-${n}`, 'busy', `arrives ${posted} ${n}`)));
        posted += answers.filter(({ status }) => status === 201).length;
        await settle();
      }
    })();
    const drifts = [];
    for (let round = 0; round < 5; round += 1) {
      await beginAnew();
      drifts.push(metric((await keepHouse()).recounted, 'Drift'));
    }
    done = true;
    await posting;
    await settle();

    expect(posted).toBeGreaterThan(0);
    expect(drifts).toEqual([0, 0, 0, 0, 0]);
    expect((await recountAs('boss', ['admin'], 'busy')).json).toMatchObject({ drift: 0, before: { approved: 5 + posted } });
  });

  it('tells how many comments wait, and since when the one that has waited longest', async () => {
    const now = Date.now();
    await putPolicy({ suspectPhrases: ['fishy'] });
    await publish('queue');
    const verdict = (at: number) => ({ outcome: 'held' as const, policyVersion: 1, at: new Date(at).toISOString(), rules: [] });
    // Held only now, by readers' reports; the next one waits longer though it is younger.
    const fields = { articleId: 'queue', status: 'held', unsettled: true, unscreened: undefined } as const;
    await postedAt(now - 2 * 86_400_000, { ...fields, verdict: verdict(now - 60_000) });
    const longest = await postedAt(now - 7_200_000, { ...fields, verdict: verdict(now - 7_200_000 + 500) });
    await comment('ann', 'queue', 'a fishy business');
    await settle();

    const { queues } = await keepHouse();
    expect(metric(queues, 'OldestHeldMinutes')).toBeGreaterThanOrEqual(119);
    expect(metric(queues, 'OldestHeldMinutes')).toBeLessThan(24 * 60);
    expect([metric(queues, 'HeldWaiting'), metric(queues, 'ReportedWaiting'), metric(queues, 'AppealsWaiting')]).toEqual([3, 0, 0]);

    await decide('queue', longest, 'approve');
    await settle();
    expect(metric((await keepHouse()).queues, 'OldestHeldMinutes')).toBeLessThan(119);
  });
});
