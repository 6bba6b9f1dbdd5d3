import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answers, keyOf } from './answers.ts';

// As little as a server of Node.js can do: it answers the bytes of a file, and knows nothing of what is asked.
const answers = new Map(Object.entries(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Answers));
const server = createServer((request, response) => {
  const answer = answers.get(keyOf(request.method, request.url, request.headers));
  request.resume().on('end', () => response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.on('SIGTERM', () => process.exit());
