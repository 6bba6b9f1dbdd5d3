import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a check was asked. */
export interface Asked {
  path: string;
  headers: IncomingMessage['headers'];
  /** The body as it was sent. */
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a site reads out of JSON, of whatever shape
  json: any;
}

type Behaviour = (asked: Asked, response: ServerResponse) => unknown;

/** A site's own service, which does with each question what it was told last. */
export class CheckServer {
  /** Everything that was asked since the last change of behaviour. */
  asked: Asked[] = [];
  #behave: Behaviour = answering({ action: 'approve' });
  readonly #server = createServer(async (request, response) => {
    const body = await text(request);
    const asked = { path: request.url ?? '', headers: request.headers, text: body, json: JSON.parse(body) };
    this.asked.push(asked);
    await this.#behave(asked, response);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  /** Ends at once, also what it never answered. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  does(behaviour: Behaviour): void {
    this.#behave = behaviour;
    this.asked = [];
  }

  url(path: `/${string}` = '/check'): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }
}

/** Answers every question with this. */
export const answering =
  (answer: unknown): Behaviour =>
  (_, response) =>
    response.end(JSON.stringify(answer));
