import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldReader, requestCutter } from '../../local/permissions/requests.ts';

const requestOf = (body: string) =>
  `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-Target: DynamoDB_20120810.GetItem\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

function cutAll(pieces: Iterable<Buffer>): { body: string; bytes: string }[] {
  const taken: { body: string; bytes: string }[] = [];
  const cut = requestCutter(({ body, bytes }) => taken.push({ body: body.toString(), bytes: bytes.toString() }));
  for (const piece of pieces) cut(piece);
  return taken;
}

function* piecesOf(bytes: Buffer, cuts: readonly number[]): Iterable<Buffer> {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((a, b) => a - b);
  let begin = 0;
  for (const end of [...ends, bytes.length]) {
    if (end > begin) yield bytes.subarray(begin, end);
    begin = end;
  }
}

describe('what comes over a connection', () => {
  it('is cut into the requests that were sent, whatever the pieces in which it comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 5 }),
        fc.array(fc.nat(), { maxLength: 9 }),
        (bodies, cuts) => {
          const sent = bodies.map(requestOf);
          const taken = cutAll(piecesOf(Buffer.from(sent.join('')), cuts));
          expect(taken).toEqual(bodies.map((body, n) => ({ body: Buffer.from(body).toString(), bytes: Buffer.from(sent[n]!).toString() })));
        },
      ),
    );
  });

  it('is taken as soon as it is there, also after a longer one that came in two pieces', () => {
    const long = Buffer.from(requestOf('x'.repeat(1_000)));
    const taken = cutAll([long.subarray(0, 200), long.subarray(200), Buffer.from(requestOf('short'))]);
    expect(taken.map(({ body }) => body.length)).toEqual([1_000, 5]);
  });

  it.each([
    ['chunks', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['a length that is none', 'POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n'],
    ['more than 17 MB', 'POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n'],
  ])('is refused with %s', (_, text) => {
    expect(() => cutAll([Buffer.from(text)])).toThrow(RangeError);
  });
});

it('a header field is read whatever its case, and only where it is one', () => {
  const head = 'POST / HTTP/1.1\r\nHost: Authorization: no\r\nAUTHORIZATION: \t yes \r\nX: 1';
  expect([fieldReader('authorization')(head), fieldReader('x-amz-target')(head)]).toEqual(['yes', undefined]);
});
