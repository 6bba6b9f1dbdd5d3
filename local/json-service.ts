import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from './gateway/body.ts';
import { messageOf } from './problem.ts';

/** A stand-in for a service of AWS, on the loopback interface. */
export interface JsonService {
  /** What the SDK is told as the service's address. */
  readonly url: string;
  close(): Promise<void>;
}

/** An answer in the service's own form (AWS JSON 1.1 protocol). */
export interface JsonAnswer {
  readonly status: number;
  readonly body: object;
}

type AnswerCall = (parameters: unknown, authorization: string | undefined) => JsonAnswer;

/**
 * Starts a service that knows the one call that functions make.
 * @param target the call as `x-amz-target` names it
 * @param answer gets the call's parameters, and the header that tells who signed it
 */
export async function startJsonService(target: string, answer: AnswerCall): Promise<JsonService> {
  const server = createServer((request, response) => {
    answerTo(request, target, answer)
      .catch((error): JsonAnswer => ({ status: 500, body: { __type: 'InternalException', message: messageOf(error) } }))
      .then((result) => send(response, result));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const refuse = (type: string, message: string): JsonAnswer => ({ status: 400, body: { __type: type, message } });

async function answerTo(request: IncomingMessage, target: string, answer: AnswerCall): Promise<JsonAnswer> {
  const body = await readBody(request);
  if (request.headers['x-amz-target'] !== target) return refuse('UnknownOperationException', `The laptop knows ${target} only`);
  return answer(body.kind === 'whole' ? JSON.parse(body.bytes.toString()) : undefined, request.headers.authorization);
}

function send(response: ServerResponse, { status, body }: JsonAnswer): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
