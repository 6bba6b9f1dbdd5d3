import { LRUCache } from 'lru-cache';
import type { EventRecord } from './record.ts';

/** What was read of a shard behind a position. */
export interface ReadPage {
  readonly records: readonly EventRecord[];
  /** Where to read on, `undefined` at the end of a shard that is closed. */
  readonly nextIterator: string | undefined;
}

/** Pages that are kept: whoever reads behind another is seldom more than the one page behind that is read in an interval. */
const kept = 2;

/**
 * The pages of streams that were read last. Each mapping reads by itself, as in Lambda, and so the same records; to fetch and take apart
 * a page a second time costs as much as the first. An empty page is never kept: whether something new is there has to be asked anew.
 */
export class RecentPages {
  private readonly pages = new LRUCache<string, ReadPage>({ max: kept });

  get(from: ReadFrom): ReadPage | undefined {
    return this.pages.get(keyOf(from));
  }

  /** A page whose place in the stream is lost is no longer what is read there. */
  forget(from: ReadFrom): void {
    this.pages.delete(keyOf(from));
  }

  keep(from: ReadFrom, page: ReadPage): void {
    if (page.records.length > 0) this.pages.set(keyOf(from), page);
  }
}

/** Where a page begins. */
export interface ReadFrom {
  readonly streamArn: string;
  readonly shardId: string;
  /** The sequence number behind which it begins; `undefined` for the oldest record there is. */
  readonly after: string | undefined;
}

const keyOf = ({ streamArn, shardId, after = '' }: ReadFrom) => `${streamArn} ${shardId} ${after}`;
