import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SignatureHash } from '#aws/signature-hash.ts';

const hex = async (hash: SignatureHash) => Buffer.from(await hash.digest()).toString('hex');
const text = 'é, as UTF-8';
const bytes = new TextEncoder().encode(text);
const inside = new Uint8Array([1, ...bytes, 2]).subarray(1, -1);

describe('the hash of signatures', () => {
  it.each([text, bytes, bytes.buffer, inside, new DataView(inside.buffer, inside.byteOffset, inside.length)])(
    'is SHA-256 without a secret, and HMAC with one, of whatever holds the bytes',
    async (data) => {
      const plain = new SignatureHash();
      plain.update(data);
      expect(await hex(plain)).toBe(createHash('sha256').update(text).digest('hex'));
      const signing = new SignatureHash(data);
      signing.update('a');
      signing.update('b');
      expect(await hex(signing)).toBe(createHmac('sha256', text).update('ab').digest('hex'));
    },
  );

  it('begins anew, with the same secret', async () => {
    const hash = new SignatureHash('secret');
    hash.update('a');
    hash.reset();
    hash.update('b');
    expect(await hex(hash)).toBe(createHmac('sha256', 'secret').update('b').digest('hex'));
  });

  it('tells secrets apart, more than it keeps', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < 20; n += 1) {
        const hash = new SignatureHash(`secret ${n}`);
        hash.update('a');
        expect(await hex(hash)).toBe(createHmac('sha256', `secret ${n}`).update('a').digest('hex'));
      }
    }
  });
});
