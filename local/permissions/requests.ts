/** One HTTP request as it came over a connection. */
export interface WireRequest {
  /** All of it. */
  readonly bytes: Buffer;
  /** The request line and the header fields. */
  readonly head: string;
  readonly body: Buffer;
}

/** Bytes of a request: "DynamoDB API requests can be up to 16 MB" and some head. */
const largest = 17 * 1024 * 1024;
const endOfHead = '\r\n\r\n';

/**
 * Cuts what comes over a connection into requests. It reads what an SDK sends, and refuses every other framing.
 * @returns takes the next bytes, whatever the pieces in which they come
 * @throws RangeError for a request whose body has no announced length, or that is too large
 */
export function requestCutter(take: (request: WireRequest) => void): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  let size = 0;
  /** How many bytes have to be there before it is worth to look again. */
  let wanted = 0;
  return (chunk) => {
    pieces.push(chunk);
    size += chunk.length;
    if (size < wanted) return;
    let bytes = pieces.length === 1 ? chunk : Buffer.concat(pieces);
    for (let request = cut(bytes); ; request = cut(bytes)) {
      wanted = request.wanted;
      if (wanted > bytes.length) break;
      take(request);
      bytes = bytes.subarray(wanted);
    }
    pieces = bytes.length === 0 ? [] : [bytes];
    size = bytes.length;
  };
}

/** The first request of these bytes; it is whole if there are as many as are `wanted`. */
function cut(bytes: Buffer): WireRequest & { readonly wanted: number } {
  const end = bytes.indexOf(endOfHead);
  const head = bytes.toString('latin1', 0, Math.max(end, 0));
  const begin = end + endOfHead.length;
  const wanted = end === -1 ? bytes.length + 1 : begin + lengthOf(head);
  if (wanted > largest) throw new RangeError('The request is too large');
  return { wanted, head, bytes: bytes.subarray(0, wanted), body: bytes.subarray(begin, wanted) };
}

/** Makes what reads the value of one header field. */
export function fieldReader(name: string): (head: string) => string | undefined {
  const pattern = new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*$`, 'im');
  return (head) => pattern.exec(head)?.[1];
}

const transferEncoding = fieldReader('transfer-encoding');
const contentLength = fieldReader('content-length');

function lengthOf(head: string): number {
  const length = Number(contentLength(head) ?? 0);
  if (transferEncoding(head) !== undefined || !Number.isInteger(length)) throw new RangeError('The request announces no length');
  return length;
}
