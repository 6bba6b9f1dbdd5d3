import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signatureOf } from '#http/signature.ts';

const at = new Date('2026-11-23T09:30:00.999Z');

describe('a signature', () => {
  it('is the HMAC-SHA256 over the time in whole seconds, a dot and the body, in UTF-8', () => {
    const expected = createHmac('sha256', 'secret').update('1795426200.{"body":"Wörds"}', 'utf8').digest('hex');
    expect(signatureOf('{"body":"Wörds"}', 'secret', at)).toBe(`t=1795426200,v1=${expected}`);
  });

  it('is another for another body, secret or second', () => {
    const other = [
      signatureOf('a', 'secret', at),
      signatureOf('b', 'secret', at),
      signatureOf('a', 'secrets', at),
      signatureOf('a', 'secret', new Date(at.getTime() + 1_000)),
    ];
    expect(new Set(other.map((signature) => signature.split('v1=')[1])).size).toBe(4);
  });
});
