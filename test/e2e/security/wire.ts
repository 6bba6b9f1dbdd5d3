import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { answered, ask, note, port } from './site.ts';

/** What an attacker hides behind a request, to be read as one of its own. */
const hidden = 'GET /v1/hidden HTTP/1.1\r\nHost: localhost\r\n\r\n';
const post = 'POST /v1/articles/story/comments HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
const chunk = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;

/** The last request of a connection: where it is answered, all before it was. */
const last = 'GET /v1/last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

/** Sends bytes, and the last request after them; gives every answer that comes back until the connection is closed. */
async function answersTo(bytes: string): Promise<{ status: number; text: string }[]> {
  const socket = connect(port(), '127.0.0.1');
  socket.write(bytes + last, 'latin1');
  const text = Buffer.concat(await socket.toArray()).toString();
  const all = text.split(/(?=HTTP\/1\.1 \d{3} )/).filter((each) => each !== '');
  return all.map((answer) => {
    const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
    const [, ...lines] = head.split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
    const named = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
    );
    note('raw bytes', status, named, body);
    return { status, text: answer };
  });
}

/** Requests of which two programs in a row may think that they end at different places (RFC 9112 §11.2). */
const ambiguous: Record<string, string> = {
  'a length and chunks': `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  'chunks and a length': `${post}Transfer-Encoding: chunked\r\nContent-Length: ${hidden.length + 5}\r\n\r\n0\r\n\r\n${hidden}`,
  'two lengths': `${post}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
  'two lengths in one': `${post}Content-Length: 0, ${hidden.length}\r\n\r\n${hidden}`,
  'the same length twice': `${post}Content-Length: ${hidden.length}\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
  'a length with a sign': `${post}Content-Length: +${hidden.length}\r\n\r\n${hidden}`,
  'a negative length': `${post}Content-Length: -1\r\n\r\n${hidden}`,
  'a length in hexadecimal': `${post}Content-Length: 0x10\r\n\r\n${hidden}`,
  'a length with a blank in it': `${post}Content-Length: 1 0\r\n\r\n${hidden}`,
  'a length beyond all numbers': `${post}Content-Length: 99999999999999999999999\r\n\r\n${hidden}`,
  'an empty length': `${post}Content-Length: \r\n\r\n${hidden}`,
  'an unknown coding': `${post}Transfer-Encoding: xchunked\r\n\r\n${chunk}`,
  'chunks that are not the last coding': `${post}Transfer-Encoding: chunked, identity\r\n\r\n${chunk}`,
  'chunks twice': `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n${chunk}`,
  'chunks in quotes': `${post}Transfer-Encoding: "chunked"\r\n\r\n${chunk}`,
  'chunks after another sign': `${post}Transfer-Encoding: \x0bchunked\r\n\r\n${chunk}`,
  'a blank before the colon': `${post}Transfer-Encoding : chunked\r\n\r\n${chunk}`,
  'a header that is folded': `${post}X-Folded: a\r\n Transfer-Encoding: chunked\r\n\r\n${chunk}`,
  'a coding that is folded': `${post}Transfer-Encoding:\r\n chunked\r\n\r\n${chunk}`,
  'a first header that is folded': `GET /v1/health HTTP/1.1\r\n Host: localhost\r\n\r\n${hidden}`,
  'a line that ends with LF alone': `${post}X-Line: a\nTransfer-Encoding: chunked\r\n\r\n${chunk}`,
  'a line that ends with CR alone': `${post}X-Line: a\rTransfer-Encoding: chunked\r\n\r\n${chunk}`,
  'a head that ends with LF alone': `GET /v1/health HTTP/1.1\nHost: localhost\n\n${hidden}`,
  'a null in a header': `${post}X-Null: a\0b\r\nContent-Length: 0\r\n\r\n${hidden}`,
  'a header without a name': `${post}: x\r\nContent-Length: 0\r\n\r\n${hidden}`,
  'a header without a colon': `${post}Transfer-Encoding chunked\r\n\r\n${chunk}`,
  'a chunk of no size': `${post}Transfer-Encoding: chunked\r\n\r\n\r\n${chunk}`,
  'a chunk of a size that is none': `${post}Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n${hidden}`,
  'a chunk of a negative size': `${post}Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n${hidden}`,
  'a chunk beyond all sizes': `${post}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n${hidden}`,
  'a chunk that is longer than it says': `${post}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n${hidden}`,
  'a size that ends with LF alone': `${post}Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n${hidden}`,
  'an extension that ends with LF alone': `${post}Transfer-Encoding: chunked\r\n\r\n2;a\n{}\r\n0\r\n\r\n${hidden}`,
  'an extension with LF in it': `${post}Transfer-Encoding: chunked\r\n\r\n2;a="\n"\r\n{}\r\n0\r\n\r\n${hidden}`,
  'chunks with a trailer that tells a length': `${post}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nContent-Length: 50\r\n\r\n${hidden}`,
  'no host': `GET /v1/health HTTP/1.1\r\n\r\n${hidden}`,
  'another version': `GET /v1/health HTTP/9.9\r\nHost: localhost\r\n\r\n${hidden}`,
  'no version': `GET /v1/health\r\n${hidden}`,
  'the preface of HTTP/2': `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`,
};

/** Requests that end where they say: what looks like another one is their body. */
const plain: Record<string, string> = {
  'a body that looks like a request': `${post}Content-Length: ${hidden.length}\r\n\r\n${hidden}`,
  'a chunk that looks like a request': `${post}Transfer-Encoding: chunked\r\n\r\n${chunk}`,
  'chunks in capitals': `${post}Transfer-Encoding: CHUNKED\r\n\r\n${chunk}`,
  'chunks with extensions': `${post}Transfer-Encoding: chunked\r\n\r\n2;a=b;c="d"\r\n{}\r\n0;last\r\n\r\n`,
  'a GET with a body': `GET /v1/health HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
  'a body for a path that nobody knows': `POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
  'a name that is not quite that of a header': `${post}Transfer_Encoding: chunked\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
};

/** The gateway on the laptop, by sockets: on AWS these are API Gateway's and CloudFront's to refuse. */
export function wire(): void {
  it('tells two requests in a row by two answers', async () => {
    const two = await answersTo(`GET /v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n${hidden}`);
    expect(two.map(({ status }) => status)).toEqual([200, 404, 404]);
    expect(two[1]?.text).toContain('There is no such path');
  });

  describe('refuses what may be read in two ways, and reads no further', () => {
    it.each(Object.entries(ambiguous))('%s', async (_, bytes) => {
      const refusals = await answersTo(bytes);
      expect(refusals.map(({ status }) => status)).toEqual([400]);
      expect(refusals[0]?.text).toMatch(/\r\nconnection: close\r\n/i);
    });
  });

  describe('reads as one request', () => {
    it.each(Object.entries(plain))('%s', async (_, bytes) => {
      const all = await answersTo(bytes);
      expect(all.slice(1).map(({ status }) => status)).toEqual([404]);
      expect(all[0]?.text).not.toMatch(/^HTTP\/1\.1 5/);
    });
  });

  it('goes on answering others', async () => void (await answered(ask('GET /v1/health'), 200)));
}
