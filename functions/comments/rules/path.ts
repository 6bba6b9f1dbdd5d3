/** Bytes of one id, and how many ancestors a comment remembers: the nearest ones. */
const idBytes = 16;
const most = 100;

/** An id in 16 bytes instead of 36 characters. */
export const bytesOfId = (id: string): Uint8Array => Buffer.from(id.replaceAll('-', ''), 'hex');

/** The way from the top level down to the replies of a comment: 16 bytes an id, so that a deep thread stays small. */
export function pathBelow(parent: { order: string; path?: Uint8Array }): Uint8Array {
  const above = parent.path ?? new Uint8Array();
  return new Uint8Array([...above, ...bytesOfId(parent.order)]).slice(-most * idBytes);
}

/** Whether a path leads through `id`; and, where ancestors were left out, the outermost that it has, whose own path leads further up. */
export function pathReaches(path: Uint8Array, id: string): { reached: boolean; beyond: string | undefined } {
  const ids = idsOfPath(path);
  return { reached: ids.includes(id), beyond: ids.length === most ? ids[0] : undefined };
}

/** The ids of a path, outermost first. */
export function idsOfPath(path: Uint8Array | undefined): string[] {
  const hex = path === undefined ? '' : Buffer.from(path).toString('hex');
  return (hex.match(/.{32}/g) ?? []).map((id) => id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}
