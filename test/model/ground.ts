import assert from 'node:assert/strict';
import type { DynamoDBRecord } from 'aws-lambda';
import { fromImage } from '#table/attributes.ts';
import type { Key } from '#table/keys.ts';
import { call } from '../support/call.ts';
import type { TableShape } from '../support/declared-table.ts';
import { streamReader } from '../support/stream-reader.ts';
import { createTable, scanTable } from '../support/table.ts';
import { tokenOf } from '../support/tokens.ts';
import { type Item, type Sums, storedSums, type World, worldOf } from './truth.ts';

/** Histories that are played on the same articles: a recount reads all comments of one. */
const historiesPerArticle = 25;

/** Over how many shards the lists of its articles are spread: most histories are about the first. */
const shardsOfArticles = [1, 3];

/** Sums that a history shares with those before it. */
const isShared = ({ pk, sk }: Key) => pk.startsWith('A#') || pk.startsWith('Q#') || (pk.startsWith('DAY#') && sk.startsWith('comments#'));

/**
 * What histories are played on: one table for all, each with members and comments of its own. All that is stored is known as
 * the stream tells it, so that looking at everything after every step costs no call.
 */
export class Ground {
  /** Where the next history takes place. */
  articles: readonly string[] = [];
  private histories = 0;
  private isSpoilt = false;
  /** What this history has touched or shares. */
  private touched = new Map<string, Item>();
  /** Everything that the stream has told; nothing once that was compared with what is stored. */
  private all: Map<string, Item> | undefined = new Map();
  private before: Sums = {};
  private readStream: (() => Promise<DynamoDBRecord[]>) | undefined;
  private readonly shape: TableShape;

  constructor(shape: TableShape) {
    this.shape = shape;
  }

  /** Makes ready for one more history; gives a name that no other has. */
  async begin(): Promise<string> {
    if (this.readStream === undefined) await this.open();
    if (this.isSpoilt || this.histories % historiesPerArticle === 0) await this.publish();
    await this.read();
    this.touched = new Map([...this.touched].filter(([, item]) => isShared(item)));
    this.before = storedSums(worldOf([...this.touched.values()]));
    this.histories += 1;
    return `h${this.histories}`;
  }

  /** What a broken history leaves is no ground for another. */
  spoil(): void {
    this.isSpoilt = true;
  }

  /** Everything of this history that is stored, and the sums as they were before it. */
  world(): World {
    return worldOf([...this.touched.values()], this.before);
  }

  item<T>({ pk, sk }: Key): T | undefined {
    return this.touched.get(`${pk}\n${sk}`) as T | undefined;
  }

  /** Reads what the stream has told since the last call. */
  async read(): Promise<DynamoDBRecord[]> {
    const records = (await this.readStream?.()) ?? [];
    for (const { dynamodb } of records) {
      const item = fromImage<Item>(dynamodb?.NewImage ?? dynamodb?.OldImage ?? {});
      for (const items of [this.touched, this.all]) {
        if (dynamodb?.NewImage === undefined) items?.delete(`${item.pk}\n${item.sk}`);
        else items?.set(`${item.pk}\n${item.sk}`, item);
      }
    }
    return records;
  }

  /** Compares what the stream has told with all that is stored, once, while that is little. */
  async check(): Promise<void> {
    if (this.all === undefined) return;
    const byKey = (items: Item[]) => Object.fromEntries(items.map((item) => [`${item.pk} ${item.sk}`, item]));
    await this.read();
    assert.deepEqual(byKey([...this.all.values()]), byKey(await scanTable<Item>()), 'the stream does not tell what is stored');
    this.all = undefined;
  }

  private async open(): Promise<void> {
    this.readStream = streamReader(await createTable(this.shape));
    const policy = {
      suspectPhrases: ['fishy'],
      bannedPhrases: ['foul'],
      reactions: ['like', 'love'],
      rate: { perMinute: 10_000, perHour: 100_000 },
      record: { minDecided: 1_000 },
    };
    await call('PUT /v1/moderation/policy', { token: await tokenOf('admin', ['admin']), body: policy, headers: { 'if-match': '"0"' } });
  }

  private async publish(): Promise<void> {
    this.articles = ['a', 'b'].map((letter) => `model-${this.histories}-${letter}`);
    this.isSpoilt = false;
    const token = await tokenOf('admin', ['admin']);
    for (const [n, id] of this.articles.entries()) {
      await call(`PUT /v1/articles/${id}`, { token, body: { title: id, commenting: { shards: shardsOfArticles[n] } } });
    }
  }
}
