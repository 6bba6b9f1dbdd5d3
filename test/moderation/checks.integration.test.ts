import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Comment } from '#comments/comment.ts';
import { askChecks } from '#moderation/ask-checks.ts';
import type { CheckAction } from '#moderation/rules/checks.ts';
import { policySchema } from '#moderation/rules/policy.ts';
import { readyPolicy, verdictOf } from '#moderation/rules/screen.ts';
import { commentWith } from '../settling/comments.ts';
import { call } from '../support/call.ts';
import { answering, CheckServer } from '../support/check-server.ts';
import { comment, openNewsroom, publish, putPolicy } from '../support/newsroom.ts';
import { scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';

const server = new CheckServer();
let settle: () => Promise<void>;

beforeAll(async () => {
  await server.start();
  settle = await openNewsroom();
  await publish('a1');
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(() => server.stop());

/** A check with time enough on a busy machine. */
const patient = (fields: object = {}) => ({ name: 'tone', url: server.url(), timeoutMs: 5_000, ...fields });

/** The comment as the table holds it. */
const stored = async (id: string) =>
  (await scanTable<Comment & { sk: string }>()).find(({ order, sk }) => order === id && sk === 'comment')!;

let texts = 0;
/** Posts a text that nobody has posted before, settles, and gives what became of it. */
async function verdictOn(text = 'An ordinary comment') {
  texts += 1;
  const id = await comment('ann', 'a1', `${text} ${texts}`);
  await settle();
  const { status, verdict, unscreened } = await stored(id);
  expect(unscreened).toBeUndefined();
  return { status, rules: verdict?.rules };
}

const outcomes = { approve: 'approved', hold: 'held', reject: 'rejected', spam: 'spam' } as const;
const actions = Object.keys(outcomes) as CheckAction[];

describe('a check that answers', () => {
  it.each(['hold', 'reject', 'spam'] as const)('%s has its way, and its evidence is in the verdict', async (action) => {
    await putPolicy({ checks: [patient()] });
    server.does(answering({ action, evidence: 'scores 0.93', score: 0.93 }));
    const rules = [{ rule: 'check:tone', action, evidence: 'scores 0.93' }];
    expect(await verdictOn()).toEqual({ status: outcomes[action], rules });
  });

  it('approve leaves no trace', async () => {
    await putPolicy({ checks: [patient()] });
    server.does(answering({ action: 'approve', evidence: 'all is well' }));
    expect(await verdictOn()).toEqual({ status: 'approved', rules: [] });
    expect(server.asked).toHaveLength(1);
  });

  it('approve never lets go what the rules hold; something stricter is added to it', async () => {
    await putPolicy({ suspectPhrases: ['snake oil'], checks: [patient()] });
    server.does(answering({ action: 'approve' }));
    const held = { rule: 'suspectPhrases', action: 'hold', evidence: '“snake oil” at character 0' };
    expect(await verdictOn('snake oil')).toEqual({ status: 'held', rules: [held] });
    server.does(answering({ action: 'spam', evidence: 'sells' }));
    expect(await verdictOn('snake oil')).toEqual({
      status: 'spam',
      rules: [held, { rule: 'check:tone', action: 'spam', evidence: 'sells' }],
    });
  });

  it('is one of several: the strictest decides, and all that fired are named in the order of the policy', async () => {
    await putPolicy({ checks: ['one', 'two', 'three'].map((name) => patient({ name, url: server.url(`/${name}`) })) });
    const says: Record<string, string> = { '/one': 'hold', '/two': 'approve', '/three': 'reject' };
    server.does(({ path }, response) => response.end(JSON.stringify({ action: says[path], evidence: path })));
    expect(await verdictOn()).toEqual({
      status: 'rejected',
      rules: [
        { rule: 'check:one', action: 'hold', evidence: '/one' },
        { rule: 'check:three', action: 'reject', evidence: '/three' },
      ],
    });
  });
});

describe('a check is asked', () => {
  it('what it needs to judge, in a request that is signed with the time', async () => {
    const { json: policy } = await putPolicy({ checks: [patient()] });
    server.does(answering({ action: 'approve' }));
    const parentId = await comment('ben', 'a1', 'to be answered');
    await settle();
    server.does(answering({ action: 'approve' }));
    const id = await comment('ann', 'a1', 'Wörds and **marks**', parentId);
    await settle();

    const [asked, ...others] = server.asked;
    expect(others).toEqual([]);
    expect(asked?.json).toEqual({
      id,
      articleId: 'a1',
      parentId,
      revision: 1,
      body: 'Wörds and **marks**',
      author: { id: 'ann', name: 'ann' },
      policyVersion: policy.version,
    });
    expect(asked?.headers['content-type']).toBe('application/json');
    const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(asked?.headers['understory-signature'])) ?? [];
    const secret = process.env.SIGNING_SECRET ?? '';
    expect(signature).toBe(createHmac('sha256', secret).update(`${time}.${asked?.text}`).digest('hex'));
    expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
  });

  it('again about an edit, with its revision and its text', async () => {
    await putPolicy({ checks: [patient()] });
    server.does(answering({ action: 'approve' }));
    const id = await comment('ann', 'a1', 'the first text');
    await settle();
    server.does(answering({ action: 'reject', evidence: 'changed for the worse' }));
    const edit = { token: await tokenOf('ann'), body: { body: 'the second text' }, headers: { 'if-match': '"1"' } };
    expect((await call(`PATCH /v1/articles/a1/comments/${id}`, edit)).status).toBe(200);
    await settle();
    expect(server.asked.map(({ json }) => json)).toMatchObject([{ id, revision: 2, body: 'the second text' }]);
    expect(await stored(id)).toMatchObject({ status: 'rejected', verdict: { rules: [{ rule: 'check:tone', action: 'reject' }] } });
  });

  it.each(['reject', 'spam'] as const)('nothing about what the rules %s already', async (action) => {
    await putPolicy({ links: { max: 0, action }, checks: [patient()] });
    server.does(answering({ action: 'spam' }));
    expect(await verdictOn('https://example.org/')).toMatchObject({ status: outcomes[action], rules: [{ rule: 'links' }] });
    expect(server.asked).toEqual([]);
  });

  it('nothing about a report of what it was asked about before', async () => {
    await putPolicy({ reports: { holdAt: 1 }, checks: [patient()] });
    server.does(answering({ action: 'approve' }));
    const id = await comment('ann', 'a1', 'to be reported');
    await settle();
    server.does(answering({ action: 'spam' }));
    const report = { token: await tokenOf('ben'), body: { reason: 'abuse' } };
    expect((await call(`POST /v1/articles/a1/comments/${id}/reports`, report)).status).toBe(201);
    await settle();
    expect(await stored(id)).toMatchObject({ status: 'held', verdict: { rules: [{ rule: 'reports' }] } });
    expect(server.asked).toEqual([]);
  });

  it('nothing without a secret to sign with: the comment waits, and is not judged by our own mistake', async () => {
    await putPolicy({ checks: [patient({ onFailure: 'approve' })] });
    const id = await comment('ann', 'a1', 'not yet');
    vi.stubEnv('SIGNING_SECRET', '');
    await expect(settle()).rejects.toThrow('SIGNING_SECRET is not set');
    expect(await stored(id)).toMatchObject({ status: 'pending', unscreened: true });
  });
});

describe('checks are asked beside each other', () => {
  it('all of them about all comments of a batch, before any has answered', async () => {
    await putPolicy({ checks: ['one', 'two'].map((name) => patient({ name })) });
    const waiting: ServerResponse[] = [];
    server.does((_, response) => {
      waiting.push(response);
      if (waiting.length === 6) for (const each of waiting) each.end('{"action":"approve"}');
    });
    const ids = await Promise.all(['ann', 'ben', 'cat'].map((member) => comment(member, 'a1', 'at the same time')));
    await settle();
    expect(await Promise.all(ids.map(async (id) => (await stored(id)).verdict))).toMatchObject(
      Array(3).fill({ outcome: 'approved', rules: [] }),
    );
  });

  it('and what hangs about one comment keeps none of the others', async () => {
    await putPolicy({ checks: [patient({ timeoutMs: 2_000 })] });
    server.does(({ json }, response) => json.body.includes('hang') || response.end('{"action":"approve"}'));
    const [fine, hangs] = [await comment('ann', 'a1', 'not at all'), await comment('ben', 'a1', 'will hang')];
    await settle();
    expect(await stored(fine)).toMatchObject({ status: 'approved', verdict: { rules: [] } });
    const rules = [{ rule: 'check:tone', action: 'hold', evidence: 'no answer within 2000 ms' }];
    expect(await stored(hangs)).toMatchObject({ status: 'held', verdict: { rules } });
  });

  it('a hundred at once in equal shares, however many comments there are, and one that hangs keeps no other waiting', async () => {
    const [open, most] = [new Map<string, ServerResponse[]>(), new Map<string, number>()];
    const { promise: othersDone, resolve: finishOthers } = Promise.withResolvers<void>();
    let answered = 0;
    server.does(async ({ path }, response) => {
      const here = open.get(path) ?? [];
      open.set(path, here);
      here.push(response);
      most.set(path, Math.max(most.get(path) ?? 0, here.length));
      if (path === '/slow') {
        await othersDone;
        here.splice(here.indexOf(response), 1);
        response.end('{"action":"approve"}');
      } else if (here.length === 50 || answered >= 50) {
        for (const each of here.splice(0)) {
          answered += 1;
          each.end('{"action":"hold"}');
        }
        if (answered === 120) finishOthers();
      }
    });
    const checks = ['slow', 'quick'].map((name) => patient({ name, url: server.url(`/${name}`) }));
    const ready = readyPolicy(policySchema.parse({ checks }), 1);
    const now = new Date();
    const screened = Array.from({ length: 120 }, () => ({ comment: commentWith(), verdict: verdictOf([], ready, now) }));

    const tightened = await askChecks(screened, ready, now);

    expect(Object.fromEntries(most)).toEqual({ '/slow': 50, '/quick': 50 });
    expect(tightened.map(({ verdict }) => verdict.outcome)).toEqual(Array(120).fill('held'));
    expect(tightened.map(({ comment }) => comment)).toEqual(screened.map(({ comment }) => comment));
  });
});

describe('a check that', () => {
  const halfAnswer = (response: ServerResponse) => response.writeHead(200, { 'content-length': '20' }).write('{"action":');
  const late = { timeoutMs: 50 };

  it.each<[string, object, string, (response: ServerResponse) => unknown]>([
    ['never answers', late, 'no answer within 50 ms', () => undefined],
    ['never ends its answer', late, 'no answer within 50 ms', halfAnswer],
    ['closes the connection', {}, 'the connection failed', (response) => response.destroy()],
    ['dies in mid-answer', {}, 'the connection failed', (response) => response.write('{"action":', () => response.destroy())],
    ['answers no JSON', {}, 'its answer is not {action, evidence}', (response) => response.end('approve')],
    ['answers nothing', {}, 'its answer is not {action, evidence}', (response) => response.writeHead(204).end()],
    ['answers an unknown action', {}, 'its answer is not {action, evidence}', (response) => response.end('{"action":"approved"}')],
    ['gives evidence of a wrong type', {}, 'its answer is not {action, evidence}', (r) => r.end('{"action":"approve","evidence":1}')],
    ['answers too much', {}, 'answered with more than 16384 bytes', (r) => r.end(`{"action":"approve"}${' '.repeat(16_384)}`)],
    ['answers without end', {}, 'answered with more than 16384 bytes', pourOut],
    ['answers with an error', {}, 'answered with status 500', (r) => r.writeHead(500).end('{"action":"approve"}')],
    ['refuses to answer', {}, 'answered with status 401', (r) => r.writeHead(401).end()],
  ])('%s comes to what the policy says, and the verdict tells why', async (_, fields, evidence, behave) => {
    for (const onFailure of actions) {
      await putPolicy({ checks: [patient({ ...fields, onFailure })] });
      server.does((_asked, response) => behave(response));
      expect(await verdictOn()).toEqual({ status: outcomes[onFailure], rules: [{ rule: 'check:tone', action: onFailure, evidence }] });
    }
  });

  it.each([301, 302, 303, 307, 308])('redirects (%i) is not followed', async (status) => {
    await putPolicy({ checks: [patient({ onFailure: 'reject' })] });
    server.does(({ path }, response) =>
      path === '/check' ? response.writeHead(status, { location: server.url('/elsewhere') }).end() : response.end('{"action":"approve"}'),
    );
    const rules = [{ rule: 'check:tone', action: 'reject', evidence: `answered with status ${status}` }];
    expect(await verdictOn()).toEqual({ status: 'rejected', rules });
    expect(server.asked.map(({ path }) => path)).toEqual(['/check']);
  });

  it('refuses the connection comes to what the policy says as well', async () => {
    const gone = new CheckServer();
    await gone.start();
    const url = gone.url();
    await gone.stop();
    for (const onFailure of actions) {
      await putPolicy({ checks: [patient({ url, onFailure })] });
      const rules = [{ rule: 'check:tone', action: onFailure, evidence: 'the connection failed' }];
      expect(await verdictOn()).toEqual({ status: outcomes[onFailure], rules });
    }
  });

  it('fails counts for nothing where the policy says approve, and lets nothing go either', async () => {
    await putPolicy({ suspectPhrases: ['snake oil'], checks: [patient({ onFailure: 'approve' })] });
    server.does((_, response) => response.writeHead(503).end());
    expect(await verdictOn('snake oil')).toMatchObject({ status: 'held', rules: [{ rule: 'suspectPhrases' }, { action: 'approve' }] });
  });
});

describe('on AWS', () => {
  it('a check on loopback, where Lambda itself listens, is not asked', async () => {
    vi.stubEnv('AWS_LAMBDA_RUNTIME_API', '127.0.0.1:9001');
    await putPolicy({ checks: [patient()] });
    server.does(answering({ action: 'approve' }));
    const rules = [{ rule: 'check:tone', action: 'hold', evidence: 'plain HTTP is for the laptop alone' }];
    expect(await verdictOn()).toEqual({ status: 'held', rules });
    expect(server.asked).toEqual([]);
  });
});

/** Writes for as long as somebody reads. */
function pourOut(response: ServerResponse): void {
  while (!response.destroyed && response.write(' '.repeat(1_024)));
  if (!response.destroyed) response.once('drain', () => pourOut(response));
}
