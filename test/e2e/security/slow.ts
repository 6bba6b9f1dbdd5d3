import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import { admin, answered, ask, askRaw, bearer, mark, moderator, person, publish, publisher, putPolicy } from './site.ts';

const author = person('slow');

/** What patterns stumble over when it is repeated: blanks, signs, half of a date, of a link, of a letter, of a list. */
const repeated = [
  'a',
  ' ',
  '\t\n',
  '-',
  '0',
  '.',
  'a.',
  '2026-',
  'a,',
  '"1",',
  'W/"',
  'a\u0300',
  '\u202e',
  '<',
  '</p',
  '[a](',
  'http://',
  '&#x',
  '@a',
  '+',
];
/** Those of which a header or an address can be made. */
const plain = ['a', ' ', '-', '0', '.', 'a.', '2026-', 'a,', '"1",', 'W/"', 'a=', 'http:', '@a', '+', ';'];

/** Sends a text of this length, made of `piece`. */
type Send = (text: string) => Promise<unknown>;

const inBody =
  (request: `${string} /${string}`, as: ReturnType<typeof person>, around: (text: string) => object): Send =>
  (text) =>
    ask(request, { as, body: around(text), headers: { 'if-match': '*' } });

const comment = `/v1/articles/slow/comments/${uuidv7()}` as const;
const article = (field: string) => inBody('PUT /v1/articles/slow', publisher, (text) => ({ title: 'T', [field]: text }));
const trial = (policy: (text: string) => object) =>
  inBody('POST /v1/moderation/policy/trial', moderator, (text) => ({
    since: new Date(Date.now() - 1_000).toISOString(),
    policy: policy(text),
  }));

const bodies: Record<string, Send> = {
  'the text of a comment': inBody('POST /v1/articles/slow/comments', author, (body) => ({ body: body.slice(0, 20_000) })),
  'what is answered': inBody('POST /v1/articles/slow/comments', author, (parentId) => ({ body: 'B', parentId })),
  'the note of a report': inBody(`POST ${comment}/reports`, author, (note) => ({ reason: 'other', note })),
  'the note of an appeal': inBody(`POST ${comment}/appeal`, author, (note) => ({ note })),
  'a kind of reaction': inBody(`PUT ${comment}/reaction`, author, (kind) => ({ kind })),
  'a title': inBody('PUT /v1/articles/slow', publisher, (title) => ({ title })),
  'an address': article('url'),
  'an author': article('author'),
  'a section': article('section'),
  'a time': article('publishedAt'),
  'a paragraph': inBody('PUT /v1/articles/slow', publisher, (text) => ({ title: 'T', body: [{ heading: text, paragraphs: [text] }] })),
  'the note of a standing': inBody(`PATCH /v1/moderation/users/${mark}`, moderator, (note) => ({ standing: 'trusted', note })),
  'the note of a decision': inBody('POST /v1/moderation/decisions', moderator, (note) => ({
    decisions: [{ articleId: 'slow', commentId: uuidv7(), action: 'approve', note }],
  })),
  'a member to reject': inBody('POST /v1/moderation/jobs', moderator, (memberId) => ({ kind: 'reject-member', memberId, days: 0 })),
  'a phrase': trial((text) => ({ bannedPhrases: [text] })),
  'a reaction of the policy': trial((text) => ({ reactions: [text] })),
  'a check': trial((text) => ({ checks: [{ name: text, url: `https://${text}`, timeoutMs: 800, onFailure: 'hold' }] })),
  'the name of a field': inBody('POST /v1/articles/slow/comments', author, (text) => ({ [text]: 1 })),
};

const inQuery =
  (path: string, as?: ReturnType<typeof person>): Send =>
  async (text) =>
    askRaw('GET', path + encodeURIComponent(text).slice(0, 8_000), as && { authorization: await bearer(as) });
const inHeader =
  (method: string, path: string, header: string, as?: ReturnType<typeof person>): Send =>
  async (text) =>
    askRaw(method, path, { ...(as && { authorization: await bearer(as) }), [header]: `x${text}`.trim() });

const lines: Record<string, Send> = {
  'an article': inQuery('/v1/articles/'),
  'a list of articles': inQuery('/v1/counts?articles='),
  'a section': inQuery('/v1/articles?section='),
  'a cursor': inQuery('/v1/articles?cursor='),
  'a limit': inQuery('/v1/articles?limit='),
  'an order': inQuery('/v1/articles/slow/comments?sort='),
  'a member': inQuery('/v1/moderation/users/', moderator),
  'an author': inQuery('/v1/moderation/search?author=', moderator),
  'a time': inQuery('/v1/moderation/search?article=slow&since=', moderator),
  'an actor': inQuery('/v1/moderation/audit?actor=', moderator),
  'many parameters': inQuery('/v1/articles?a&b=', moderator),
  'a token': inHeader('GET', '/v1/me/comments', 'authorization'),
  'If-None-Match': inHeader('GET', '/v1/articles/slow', 'if-none-match'),
  'If-Match': inHeader('DELETE', '/v1/articles/none', 'if-match', publisher),
  Accept: inHeader('GET', '/v1/moderation/audit', 'accept', moderator),
  'Idempotency-Key': inHeader('POST', '/v1/articles/slow/comments', 'idempotency-key', author),
  Origin: inHeader('GET', '/v1/articles/slow', 'origin'),
  Cookie: inHeader('GET', '/v1/articles/slow', 'cookie'),
};

/** How much longer twice the text takes: the quickest of several turns, in which nobody else was in the way. */
async function growth(send: Send, piece: string, length: number): Promise<number> {
  const quickest = [Infinity, Infinity];
  for (let turn = 0; turn < 3; turn += 1) {
    for (const [n, size] of [length, 2 * length].entries()) {
      const before = performance.now();
      await send(piece.repeat(size / piece.length));
      quickest[n] = Math.min(quickest[n] ?? Infinity, performance.now() - before);
    }
  }
  return (quickest[1] ?? 0) / (quickest[0] ?? 1);
}

/** A square takes four times as long, a power worse; whatever is slow once by chance is looked at again. */
async function expectLinear(send: Send, piece: string, length: number): Promise<void> {
  const seen: number[] = [];
  while (seen.length < 5) {
    seen.push(await growth(send, piece, length));
    if ((seen.at(-1) ?? 0) < 3) return;
  }
  expect.fail(`twice as much of ${JSON.stringify(piece)} took ${seen.map((each) => each.toFixed(1)).join(', ')} times as long`);
}

/** Searches that go back and forth over a text (ReDoS), in every place that takes one. */
export function slow(): void {
  beforeAll(async () => {
    await putPolicy({ maxLength: 20_000, rate: { perMinute: 10_000, perHour: 100_000 }, record: { minDecided: 1_000 } });
    await publish('slow');
  });

  it('what goes back and forth over a text is seen as such', async () => {
    const backAndForth: Send = async (text) => /a*a*b/.test(text);
    await backAndForth('a'.repeat(400));
    await expect(expectLinear(backAndForth, 'a', 400)).rejects.toThrow('times as long');
  });

  describe('twice as long a text takes no four times as long', () => {
    it.each(Object.entries(bodies))('in a body: %s', async (_, send) => {
      for (const piece of repeated) await expectLinear(send, piece, 9_600);
    });

    it.each(Object.entries(lines))('in a line: %s', async (_, send) => {
      for (const piece of plain) await expectLinear(send, piece, 3_600);
    });
  });

  it('and the service goes on', async () => {
    await answered(ask('GET /v1/health'), 200);
    await answered(ask('GET /v1/moderation/queues', { as: admin }), 200);
  });
}
