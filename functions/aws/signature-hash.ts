import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';

type Data = string | ArrayBuffer | ArrayBufferView;

/** The secrets of signatures: the function's own and the key of the day that is made of it, each of which the SDK keeps as one object. */
const keys = new LRUCache<Data, KeyObject>({ max: 8, memoMethod: (secret) => createSecretKey(bytesOf(secret)) });

/**
 * SHA-256, with a secret HMAC-SHA-256, in the form in which the SDK asks for it (`sha256` of a client). Node.js 24 makes a key of the secret
 * for every HMAC, which takes three times as long as the HMAC itself; here it is made once.
 */
export class SignatureHash {
  private readonly secret: Data | undefined;
  private hash: Hash | Hmac;

  constructor(secret?: Data) {
    this.secret = secret;
    this.hash = this.begin();
  }

  update(data: Data): void {
    this.hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    this.hash = this.begin();
  }

  private begin(): Hash | Hmac {
    return this.secret === undefined ? createHash('sha256') : createHmac('sha256', keys.memo(this.secret));
  }
}

function bytesOf(data: Data): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
}
