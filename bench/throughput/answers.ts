import { type Answers, keyOf } from '../load/answers.ts';
import type { Exchange, Exchanged } from '../load/site.ts';
import { pages, type Request, send } from './requests.ts';

/** Everything that a request is answered with, as a bare server can answer it: the headers that Node.js writes itself are left out. */
export async function answersOf(requests: readonly Request[], exchange: Exchange): Promise<Answers> {
  const answers: Record<string, Answers[string]> = {};
  for (const request of requests) {
    for (let n = 0; n < pages; n += 1) {
      const key = keyOf(request.method, request.path(n), request.headers?.(n) ?? {});
      answers[key] ??= answerOf(await send(request, n, exchange));
    }
  }
  return answers;
}

function answerOf({ status, headers, text }: Exchanged): Answers[string] {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    ['connection', 'keep-alive', 'date', 'transfer-encoding'].includes(name) ? [] : [[name, String(value)] as const],
  );
  return { status, headers: Object.fromEntries(kept), body: text };
}
