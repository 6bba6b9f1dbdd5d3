/** What an endpoint answers, before it is written out. */
export interface Reply {
  status: number;
  /** A value to be written as JSON, or text that is ready to send: JSON, unless `headers` name another `content-type`; nothing for 204. */
  body?: unknown;
  headers?: Record<string, string>;
  /** The revision of what is answered: it gives the ETag that `If-Match` takes. */
  revision?: number;
}

export const ok = (body: unknown, revision?: number): Reply => ({ status: 200, body, ...(revision !== undefined && { revision }) });

export const noContent: Reply = { status: 204 };

/** Work has begun that goes on after the answer (RFC 9110 §15.3.3). */
export const accepted = (location: string, body: unknown): Reply => ({ status: 202, headers: { location }, body });

export const created = (location: string, body: unknown, revision?: number): Reply => ({
  status: 201,
  headers: { location },
  body,
  ...(revision !== undefined && { revision }),
});
