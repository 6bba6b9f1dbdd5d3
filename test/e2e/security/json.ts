import { uuidv7 } from 'uuidv7';
import { beforeAll, describe, expect, it } from 'vitest';
import { admin, answered, ask, mark, moderator, person, post, publish, publisher, putPolicy } from './site.ts';

const author = person('author');
const closedTo = { as: person('nobody-special') };

interface Taker {
  as: ReturnType<typeof person>;
  /** Takes this body, in which every object is one that a field may be added to. */
  body: object;
  headers?: Record<string, string>;
}

const since = () => new Date(Date.now() - 60_000).toISOString();
const until = () => new Date(Date.now() + 60_000).toISOString();
const decision = () => ({ articleId: 'json', commentId: uuidv7(), action: 'approve' });
const policy = { links: {}, repeat: {}, capitals: {}, newcomers: {}, record: {}, reports: {}, rate: { perMinute: 1_000, perHour: 10_000 } };
const checks = [{ name: 'tone', url: 'https://checks.example/', timeoutMs: 800, onFailure: 'hold' }];

const takers: Record<string, () => Taker> = {
  'PUT /v1/articles/json': () => ({
    as: publisher,
    body: { title: 'A story', body: [{ paragraphs: ['One.'] }], commenting: { breaking: { until: until() } } },
  }),
  'PATCH /v1/articles/json': () => ({ as: publisher, body: { title: 'A story', commenting: { breaking: { until: until() } } } }),
  'POST /v1/articles/json/comments': () => ({ as: author, body: { body: `A text (${mark})` } }),
  'POST /v1/moderation/decisions': () => ({ as: moderator, body: { decisions: [decision()] } }),
  'POST /v1/moderation/jobs': () => ({ as: moderator, body: { kind: 'reject-member', memberId: `x-${mark}`, days: 1 } }),
  'POST /v1/moderation/queues/held/claims': () => ({ as: moderator, body: { limit: 1 } }),
  [`PATCH /v1/moderation/users/somebody-${mark}`]: () => ({ as: moderator, body: { standing: 'trusted' } }),
  'PUT /v1/moderation/policy': () => ({ as: admin, body: { ...policy, checks }, headers: { 'if-match': '*' } }),
  'POST /v1/moderation/policy/trial': () => ({ as: moderator, body: { policy, since: since() } }),
};
const requests = Object.keys(takers) as `${string} /${string}`[];

/** Names that reach the prototype of an object where a program copies fields without a look. */
const poison = ['"__proto__":{"admin":true,"roles":["admin"]}', '"constructor":{"prototype":{"admin":true}}', '"prototype":{"admin":true}'];

/** The text with a field written first into each of its objects, one at a time. */
function* withField(text: string, field: string): Generator<string> {
  for (const { index } of text.matchAll(/\{/g)) {
    const rest = text.slice(index + 1);
    yield `${text.slice(0, index)}{${field}${rest.startsWith('}') ? '' : ','}${rest}`;
  }
}

export function json(): void {
  beforeAll(async () => {
    await putPolicy({ rate: { perMinute: 1_000, perHour: 10_000 }, record: { minDecided: 1_000 } });
    await publish('json');
  });

  describe.each(requests)('%s', (request) => {
    const take = () => takers[request]?.() as Taker;

    it('refuses a field that reaches for a prototype in every object, and points at it', async () => {
      const { body, ...options } = take();
      for (const field of poison) {
        for (const text of withField(JSON.stringify(body), field)) {
          const { json: problem } = await answered(ask(request, { ...options, body: text }), 422);
          expect(problem.errors.map(({ path }: { path: string }) => path.split('/').at(-1))).toContain(field.split('"')[1]);
        }
      }
      await answered(ask('GET /v1/moderation/queues', closedTo), 403);
    });

    it('reads 10,000 levels without losing its footing, wherever they are', async () => {
      const { body, ...options } = take();
      const deep = ['['.repeat(10_000) + ']'.repeat(10_000), `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`];
      // An escape of half a character has the whole text walked once more.
      for (const nested of [...deep, deep[0]?.replace('[]', '["\\ud800"]')]) {
        const texts = [nested, `{"deep":${nested}}`, ...[...withField(JSON.stringify(body), `"deep":${nested}`)].slice(0, 2)];
        for (const text of texts) expect([400, 413, 422]).toContain((await ask(request, { ...options, body: text })).status);
        for (const name of Object.keys(body)) {
          const text = JSON.stringify({ ...body, [name]: 0 }).replace(
            `${JSON.stringify(name)}:0`,
            () => `${JSON.stringify(name)}:${nested}`,
          );
          expect([400, 413, 422]).toContain((await ask(request, { ...options, body: text })).status);
        }
      }
    });
  });

  it.each<[field: string, request: `${string} /${string}`, as: ReturnType<typeof person>, around: (number: string) => string]>([
    ['limit', 'POST /v1/moderation/queues/held/claims', moderator, (number) => `{"limit":${number}}`],
    ['days', 'POST /v1/moderation/jobs', moderator, (number) => `{"kind":"reject-member","memberId":"x-${mark}","days":${number}}`],
    [
      'slowSeconds',
      'PUT /v1/articles/json',
      publisher,
      (n) => `{"title":"T","commenting":{"breaking":{"slowSeconds":${n},"until":"${until()}"}}}`,
    ],
    ['perHour', 'POST /v1/moderation/policy/trial', moderator, (n) => `{"since":"${since()}","policy":{"rate":{"perHour":${n}}}}`],
    [
      'revision',
      'POST /v1/moderation/decisions',
      moderator,
      (n) => `{"decisions":[{"articleId":"json","commentId":"${uuidv7()}","action":"approve","revision":${n}}]}`,
    ],
  ])('a number beyond all range is refused as %s', async (_, request, as, around) => {
    for (const number of ['1e400', '-1e400', '1e308', '-1', '0.5', '9007199254740993', '1e-7', '9'.repeat(400), '-0.1']) {
      expect((await ask(request, { as, body: around(number) })).status, number).toBe(422);
    }
    for (const number of ['NaN', 'Infinity', '0x10', '01', '+1', '1_000', '.5', '1.']) {
      expect((await ask(request, { as, body: around(number) })).status, number).toBe(400);
    }
  });

  it('a share that is closer to nothing than the store can keep is kept as nothing', async () => {
    for (const share of ['1e-200', '5e-324', '1e-7', '-0']) {
      const body = `{"capitals":{"share":${share}},"rate":{"perMinute":1000,"perHour":10000},"record":{"minDecided":1000}}`;
      const { json: kept } = await answered(ask('PUT /v1/moderation/policy', { as: admin, body, headers: { 'if-match': '*' } }), 200);
      expect(kept.policy?.capitals?.share ?? kept.capitals?.share).toBe(0);
    }
    await putPolicy({ rate: { perMinute: 1_000, perHour: 10_000 }, record: { minDecided: 1_000 } });
  });

  it('of two fields of one name the last counts, for what is checked and for what is kept alike', async () => {
    const request = 'POST /v1/articles/json/comments';
    const twice = `{"body":7,"body":"first (${mark})","\\u0062ody":"last (${mark})"}`;
    const { json: comment } = await answered(ask(request, { as: author, body: twice }), 201);
    expect(comment.body).toBe(`last (${mark})`);
    await answered(ask(request, { as: author, body: `{"body":"good (${mark})","body":7}` }), 422);
    const { json: own } = await answered(ask('GET /v1/me/comments', { as: author }), 200);
    expect(own.items[0].body).toBe(`last (${mark})`);
  });

  it('a parameter that reaches for a prototype is one that nobody knows', async () => {
    const plain = await answered(ask('GET /v1/articles/json/comments'), 200);
    for (const query of [
      '__proto__[limit]=1',
      '__proto__.limit=1',
      'constructor[prototype][limit]=1',
      '__proto__=1',
      'constructor=1&constructor=2',
      'toString=1&hasOwnProperty=1&valueOf=1',
      'limit[]=1',
      'limit[$gt]=1',
    ]) {
      expect((await answered(ask(`GET /v1/articles/json/comments?${query}`), 200)).text).toBe(plain.text);
    }
    const { json: counted } = await answered(ask('GET /v1/counts?articles=__proto__,constructor,toString,json'), 200);
    expect(Object.entries(counted.counts).filter(([, count]) => count !== 0 && typeof count !== 'number')).toEqual([]);
    await answered(ask('GET /v1/counts?articles=a&articles=b'), 200);
    for (const query of ['limit=1&limit=2', 'limit=1e1', 'limit=0x1', 'limit=٣', 'limit=９']) {
      await answered(ask(`GET /v1/articles/json/comments?${query}`), 400);
    }
  });

  it('what is called like a property of every object is a name like any other', async () => {
    for (const id of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      await publish(id);
      await post(author, id, `on ${id}`);
      expect((await answered(ask(`GET /v1/articles/${id}`), 200)).json.id).toBe(id);
      await answered(ask(`GET /v1/moderation/users/${id}`, { as: moderator }), 200);
      await answered(ask(`GET /v1/moderation/queues/${id}`, { as: moderator }), 404);
      await answered(ask(`GET /v1/articles?section=${id}`), 200);
    }
    const reaction = { as: author, body: { kind: '__proto__' } };
    const { json: page } = await answered(ask('GET /v1/me/comments?limit=1', { as: author }), 200);
    const [{ articleId, id }] = page.items;
    for (const kind of ['__proto__', 'constructor']) {
      const { status } = await ask(`PUT /v1/articles/${articleId}/comments/${id}/reaction`, { ...reaction, body: { kind } });
      expect([404, 409, 422]).toContain(status);
    }
  });
}
