import { createHmac } from 'node:crypto';

/** The header that carries the signature of what we send. */
export const signatureHeader = 'understory-signature';

/**
 * Signs what is sent to somebody who holds the same secret: `t=<unix seconds>,v1=<hex>`, where v1 is the HMAC-SHA256
 * (RFC 2104) over the time, a dot and the body as it is sent. The time is signed too, so the receiver can refuse what
 * was recorded and sent again later.
 */
export function signatureOf(body: string, secret: string, at: Date): string {
  const time = Math.floor(at.getTime() / 1_000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}
