import type { Outcome } from '../../local/lambda/instance.ts';
import type { EventRecord } from '../../local/streams/record.ts';
import type { Failure } from './failure.ts';

/** A message of the failure queue, in hand until it is removed or given back. */
export interface Message {
  readonly body: string;
  remove(): Promise<void>;
  /** Lets the next reader of the queue have it at once. */
  giveBack(): Promise<void>;
}

/** How a function is woken by its table. */
export interface Waking {
  readonly patterns: readonly string[];
  readonly batchSize: number;
}

/** The records of a failure that the stream still has. */
export interface Range {
  readonly records: readonly EventRecord[];
  /** Whether none of them is gone. */
  readonly whole: boolean;
}

/** Keys of a table are strings, numbers or bytes; ours are strings. */
export type ItemKey = Record<string, { S: string }>;

export interface ItemPage {
  /** Each item as a record of a change that left it as it is. */
  readonly records: readonly EventRecord[];
  readonly next: ItemKey | undefined;
}

/** Where a failure queue, its functions and its table are: on AWS, or on the laptop. */
export interface Place {
  /** Each message of the queue once. */
  messages(): AsyncIterable<Message>;
  /** `undefined` if the table does not wake that function any more. */
  waking(failure: Failure): Promise<Waking | undefined>;
  range(failure: Failure): Promise<Range>;
  /** One page of all that is in the table, as it is now. */
  items(failure: Pick<Failure, 'tableName' | 'streamArn'>, after: ItemKey | undefined): Promise<ItemPage>;
  /** @param event JSON text */
  invoke(functionArn: string, event: string): Promise<Outcome>;
}
