/** Rows looked at in one go, and how often: a page looks at 500 rows at most. */
const rowsPerRead = 100;
const mostReads = 5;

/** A list of which only some rows are wanted. */
export interface Picking<Row extends { order: string }, Item> {
  /** Items of a page at most. */
  limit: number;
  /** Position below which to begin; without it, at the newest. */
  after: string | undefined;
  /** The lowest position that is still wanted. */
  from: string | undefined;
  /** Whether rows may be passed over at all: if not, no more are read than the page has. */
  picky: boolean;
  /** Reads the `limit` rows below a position, the newest first; fewer where there are no more. */
  read(after: string | undefined, limit: number): Promise<Row[]>;
  /** What each row comes to, in their order; nothing for what is not wanted. */
  look(rows: Row[]): Promise<(Item | undefined)[]>;
}

/** A page of what was picked, and the position to go on from, be it that nothing was found so far. */
export interface Picked<Item> {
  items: Item[];
  next: string | undefined;
}

/** Goes down a list until a page is full, the list is at its end, or enough was looked at for one request. */
export async function pickPage<Row extends { order: string }, Item>(picking: Picking<Row, Item>): Promise<Picked<Item>> {
  const { limit, from = '', picky, read, look } = picking;
  const size = picky ? rowsPerRead : limit + 1;
  const items: Item[] = [];
  let { after } = picking;
  for (let reads = 0; reads < mostReads; reads += 1) {
    const found = await read(after, size);
    const rows = found.filter(({ order }) => order >= from);
    const ends = rows.length < size;
    const looked = await look(rows);
    for (const [n, row] of rows.entries()) {
      const item = looked[n];
      if (item === undefined) continue;
      items.push(item);
      if (items.length === limit) return { items, next: ends && n === rows.length - 1 ? undefined : row.order };
    }
    if (ends) return { items, next: undefined };
    after = rows.at(-1)?.order;
  }
  return { items, next: after };
}
