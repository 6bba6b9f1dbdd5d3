import { signatureHeader, signatureOf } from '#http/signature.ts';
import { type CheckOutcome, readAnswer } from './rules/check-answer.ts';
import type { Check } from './rules/checks.ts';

/** Bytes of an answer that are read. */
const longestAnswer = 16 * 1_024;

/**
 * Asks a check one question, a JSON text, within its time. It never throws over what the check does: late, broken or
 * wrong is an outcome, and the policy says what it comes to.
 *
 * @throws Error when there is no secret to sign with: that is our own failure, not the check's
 */
export async function askCheck({ url, timeoutMs }: Check, question: string): Promise<CheckOutcome> {
  const signature = signatureOf(question, signingSecret(), new Date());
  if (leadsToLambdaItself(url)) return { kind: 'failed', reason: 'plain HTTP is for the laptop alone' };
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await post(url, question, signature, signal);
  } catch {
    return { kind: 'failed', reason: signal.aborted ? `no answer within ${timeoutMs} ms` : 'the connection failed' };
  }
}

async function post(url: string, body: string, signature: string, signal: AbortSignal): Promise<CheckOutcome> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      [signatureHeader]: signature,
      'user-agent': 'Understory',
      // A function may have been frozen since its last request: a kept connection is dead by then as often as not.
      connection: 'close',
    },
    // A redirect is an answer with the wrong status: only the policy says who gets to see a comment.
    redirect: 'manual',
    signal,
  });
  if (response.ok) return await readBody(response.body ?? []);
  await response.body?.cancel();
  return { kind: 'failed', reason: `answered with status ${response.status}` };
}

/** Leaving the loop early closes the connection. */
async function readBody(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<CheckOutcome> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > longestAnswer) return { kind: 'failed', reason: `answered with more than ${longestAnswer} bytes` };
    read.push(chunk);
  }
  return readAnswer(new TextDecoder().decode(Buffer.concat(read)));
}

function signingSecret(): string {
  const secret = process.env.SIGNING_SECRET;
  if (secret === undefined || secret === '') throw new Error('the environment variable SIGNING_SECRET is not set');
  return secret;
}

/** On AWS, what listens on loopback is Lambda's own interface to the function ("Lambda runtime API", Developer Guide). */
const leadsToLambdaItself = (url: string) => process.env.AWS_LAMBDA_RUNTIME_API !== undefined && /^http:/i.test(url);
