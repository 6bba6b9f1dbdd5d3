import { beforeAll, describe, expect, it, vi } from 'vitest';
import { embedMetrics } from '#http/metrics.ts';
import { call } from '../support/call.ts';
import { collectLines, type LogLine, metricsOf } from '../support/log-lines.ts';
import { comment, openNewsroom, publish, putPolicy, read } from '../support/newsroom.ts';
import { tokenOf } from '../support/tokens.ts';

vi.hoisted(() => {
  process.env.AWS_LAMBDA_LOG_LEVEL = 'INFO';
});

const takeLines = collectLines();
let settle: () => Promise<void>;

beforeAll(async () => {
  settle = await openNewsroom();
  await publish('story');
});

/** The one line with this message that `work` leaves. */
async function lineOf(message: string, work: () => Promise<unknown>): Promise<LogLine> {
  takeLines();
  await work();
  const lines = takeLines().filter((line) => line.message === message);
  expect(lines).toHaveLength(1);
  return lines[0]!;
}

describe('a request', () => {
  it('leaves one line, which carries what it took as metrics of its route', async () => {
    const line = await lineOf('request', () => comment('ann', 'story', 'A comment to be measured.'));
    const { Latency, Units, Faults, TableUnits, AuthorUnits, ArticleUnits } = metricsOf(line);

    expect(Latency).toMatchObject({
      unit: 'Milliseconds',
      by: { Route: 'POST /v1/articles/{articleId}/comments' },
      namespace: 'Understory',
    });
    expect(Units).toMatchObject({ unit: 'Count', by: { Route: 'POST /v1/articles/{articleId}/comments' } });
    expect(Faults).toBeUndefined();
    expect(line).toMatchObject({ status: 201, requestId: expect.any(String), calls: expect.any(Number) });
    expect(Number(TableUnits?.value) + Number(AuthorUnits?.value) + Number(ArticleUnits?.value)).toBe(Units?.value);
    expect(TableUnits?.by).toEqual({ Function: expect.any(String) });
  });

  it('tells nobody who asked, what for, and what was said', async () => {
    const token = await tokenOf('a-member-id', [], 'Their Name');
    const line = await lineOf('request', () =>
      call('POST /v1/articles/story/comments', { token, body: { body: 'Words of theirs' }, headers: { 'idempotency-key': 'a-key' } }),
    );
    const text = JSON.stringify(line);

    for (const secret of [token, 'a-member-id', 'Their Name', 'Words of theirs', 'a-key', '127.0.0.1']) expect(text).not.toContain(secret);
    expect(text).not.toContain('/articles/story');
  });

  it('for a path that no route knows is measured as just that, whatever the path', async () => {
    const line = await lineOf('request', () => read('/v1/whatever/somebody/tries'));

    expect(metricsOf(line).Latency?.by).toEqual({ Route: '$default' });
    expect(JSON.stringify(line)).not.toContain('whatever');
  });
});

describe('a batch', () => {
  it('tells what was settled, how long after it was posted, and what screening made of it', async () => {
    await settle();
    await putPolicy({ suspectPhrases: ['fishy'] });
    await comment('ben', 'story', 'All is well.');
    await comment('ben', 'story', 'A fishy business.');
    takeLines();
    await settle();
    const metrics = metricsOf(takeLines().find(({ message, Records }) => message === 'settled' && Records > 0)!);

    expect(metrics).toMatchObject({
      ...{ Settled: { value: 2 }, Transactions: { value: 1 }, Conflicts: { value: 0 }, Failed: { value: 0 } },
      ...{ Approved: { value: 1 }, Held: { value: 1 } },
    });
    expect(metrics.SettleLag).toMatchObject({ unit: 'Milliseconds', by: { Work: 'settling' } });
    const lags = metrics.SettleLag?.value as number[];
    expect(lags).toHaveLength(2);
    for (const lag of lags) expect(lag).toBeGreaterThanOrEqual(0);
  });
});

describe('embedded metrics', () => {
  it('leave out what was not measured', () => {
    expect(embedMetrics([{ by: { Work: 'queues' }, values: { Absent: undefined, None: [] } }], 0)).toEqual({});
  });

  it('stand beside their dimension and values, as CloudWatch reads them', () => {
    expect(embedMetrics([{ by: { Route: 'GET /v1/health' }, values: { Latency: 2, Faults: 1 } }], 1_000)).toEqual({
      _aws: {
        Timestamp: 1_000,
        CloudWatchMetrics: [
          {
            ...{ Namespace: 'Understory', Dimensions: [['Route']] },
            Metrics: [
              { Name: 'Latency', Unit: 'Milliseconds' },
              { Name: 'Faults', Unit: 'Count' },
            ],
          },
        ],
      },
      ...{ Route: 'GET /v1/health', Latency: 2, Faults: 1 },
    });
  });
});
