import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { table } from '#table/client.ts';
import { bare } from './calls.ts';

type RequestHandler = typeof table.config.requestHandler;
type Response = Awaited<ReturnType<RequestHandler['handle']>>['response'];

/** Answers every call from memory. */
export type ReplayedStore = Pick<RequestHandler, 'handle'>;

/**
 * Lets `work` ask the real store once and keeps what it answers, byte for byte: the store that comes of it answers the calls of
 * the same work in the same order, again and again.
 */
export async function recordStore(work: () => Promise<unknown>): Promise<ReplayedStore> {
  const { requestHandler } = table.config;
  const ask = requestHandler.handle.bind(requestHandler);
  const kept: Promise<{ response: Response; body: Buffer }>[] = [];
  await withHandler(async (...asked) => {
    const answered = ask(...asked).then(async ({ response }) => ({ response, body: await buffer(response.body as Readable) }));
    kept.push(answered);
    return answerOf(await answered);
  }, work);
  const answers = await Promise.all(kept);
  let next = 0;
  return {
    handle: async () => {
      const answer = answers[next++ % answers.length];
      if (answer === undefined) throw new Error('the work never asked the store for anything');
      return answerOf(answer);
    },
  };
}

/** Lets both clients, that of the functions and the bare one, ask `store` while `work` runs. */
export const withStore = (store: ReplayedStore, work: () => Promise<void>): Promise<void> => withHandler(store.handle, work);

/** A body can be read once, so every answer gets one of its own. */
const answerOf = ({ response, body }: { response: Response; body: Buffer }) => ({
  response: { ...response, body: Readable.from([body]) } as Response,
});

async function withHandler(handle: ReplayedStore['handle'], work: () => Promise<unknown>): Promise<void> {
  // `handle` is replaced and not the handler: a client that caches its middlewares keeps the handler of its first call.
  const handlers = [table, bare].map(({ config }) => config.requestHandler);
  for (const handler of handlers) Object.assign(handler, { handle });
  try {
    await work();
  } finally {
    for (const handler of handlers) Reflect.deleteProperty(handler, 'handle');
  }
}
