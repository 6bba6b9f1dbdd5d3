import { setTimeout as delay } from 'node:timers/promises';
import { understory } from '../../client/index.ts';

/** How long one request may take, until its answer is read. */
const deadlineMs = 10_000;
/** How long what settling changes may take to be seen. */
const patienceMs = 30_000;

export type Role = 'member' | 'moderator' | 'publisher';

export interface SmokeOptions {
  /** Where Understory answers, without `/v1`. */
  readonly url: string;
  /** Names the article, which must not be there yet. */
  readonly articleId: string;
  readonly tokens: Readonly<Record<Role, string>>;
  /** Hears of every step that went well, with what it took in milliseconds. */
  readonly onStep: (step: string, milliseconds: number) => void;
}

/** A deployment that does not do its main job; the message says where. */
export class SmokeFailure extends Error {
  override readonly name = 'SmokeFailure';
}

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/**
 * Does the main job once from outside: a comment is posted below an article of its own, read, taken down, put back and
 * deleted, with the right count at every step. The article is removed at the end, however it ends.
 *
 * @throws SmokeFailure
 */
export async function runSmoke({ url, articleId, tokens, onStep }: SmokeOptions): Promise<void> {
  const as = (token?: string) =>
    understory({
      baseUrl: url,
      ...(token !== undefined && { token: () => token }),
      fetch: (request) => fetch(request, { signal: AbortSignal.timeout(deadlineMs) }),
    });
  const [anyone, member, moderator, publisher] = [as(), as(tokens.member), as(tokens.moderator), as(tokens.publisher)];
  const article = { path: { articleId } };
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    try {
      const result = await work();
      onStep(name, performance.now() - begun);
      return result;
    } catch (cause) {
      throw new SmokeFailure(`${name}: ${reasonOf(cause)}`, { cause });
    }
  };
  const statusOf = async (commentId: string): Promise<string> => {
    const path = { articleId, commentId };
    return (await taken(moderator.GET('/v1/moderation/comments/{articleId}/{commentId}', { params: { path } }))).status;
  };
  const seen = async (commentId: string, times: number): Promise<void> => {
    await eventually(`the public pages and the count tell of ${times} comments`, async () => {
      const [page, { commentCount }] = await Promise.all([
        taken(anyone.GET('/v1/articles/{articleId}/comments', { params: article })),
        taken(anyone.GET('/v1/articles/{articleId}', { params: article })),
      ]);
      return commentCount === times && page.items.filter(({ id }) => id === commentId).length === times;
    });
  };
  const decide = async (commentId: string, action: 'approve' | 'reject'): Promise<void> => {
    const decision = { articleId, commentId, action, note: 'Smoke test' } as const;
    const { results } = await taken(moderator.POST('/v1/moderation/decisions', { body: { decisions: [decision] } }));
    if (results[0]?.outcome !== 'applied') throw new SmokeFailure(`to ${action} was answered ${JSON.stringify(results)}`);
  };

  const remove = () => taken(publisher.DELETE('/v1/articles/{articleId}', { params: article }));

  await step('health', () => taken(anyone.GET('/v1/health')));
  await step('publish an article', async () => {
    const body = { title: 'Smoke test', commenting: { mode: 'screened' } } as const;
    await taken(publisher.PUT('/v1/articles/{articleId}', { params: article, body }));
  });
  try {
    const { id } = await step('post a comment', () =>
      taken(member.POST('/v1/articles/{articleId}/comments', { params: article, body: { body: `Is anybody there? (${articleId})` } })),
    );
    const one = { path: { articleId, commentId: id } };
    await step('screen it', () => eventually('it is decided', async () => (await statusOf(id)) !== 'pending'));
    await step('read it', async () => {
      // The site's policy may have every comment of a newcomer wait.
      if ((await statusOf(id)) !== 'approved') await decide(id, 'approve');
      await seen(id, 1);
    });
    await step('take it down', async () => {
      await decide(id, 'reject');
      await seen(id, 0);
    });
    await step('put it back', async () => {
      await decide(id, 'approve');
      await seen(id, 1);
    });
    await step('delete it', async () => {
      await taken(member.DELETE('/v1/articles/{articleId}/comments/{commentId}', { params: one }));
      await seen(id, 0);
    });
  } catch (error) {
    // The first failure is the one to tell.
    await remove().catch(() => undefined);
    throw error;
  }
  await step('remove the article', remove);
}

/** The data of a 2xx answer. */
async function taken<T>(asked: Answer<T>): Promise<T> {
  const { data, error, response } = await asked;
  if (response.ok) return data as T;
  const { title, detail } = (error ?? {}) as { title?: string; detail?: string };
  throw new SmokeFailure(`${response.status} ${[title, detail].filter(Boolean).join('; ') || 'and not as Understory answers'}`);
}

async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const until = Date.now() + patienceMs; !(await holds()); await delay(250)) {
    if (Date.now() > until) throw new SmokeFailure(`after ${patienceMs / 1000} s it is still not so that ${what}`);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${deadlineMs / 1000} s`;
  return error.cause instanceof Error && error.message === 'fetch failed' ? `no connection: ${error.cause.message}` : error.message;
}
