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

export const created = (location: string, body: unknown, revision?: number): Reply => ({
  status: 201,
  headers: { location },
  body,
  ...(revision !== undefined && { revision }),
});
