import type { Costs } from '../units/operations.ts';
import { limits } from './limits.ts';

/** What happens to one article in a second, and how it is served. */
export interface Situation {
  readonly commentsPerSecond: number;
  readonly readersPerSecond: number;
  /** Whether CloudFront stands before the API. */
  readonly edge: boolean;
  /** The share of comments that answer another one. */
  readonly replies: number;
  /** Reactions for each comment, of which no two that are settled together are to the same one. */
  readonly reactions: number;
  /** Whether they have 1,000 characters instead of 500. */
  readonly long: boolean;
  /** Comments that settle in one transaction. */
  readonly commentsPerTransaction: number;
  /** Partitions over which the lists that readers see of the article are spread: its `commenting.shards`. */
  readonly shards: number;
  /** Shards of the table's stream: a table has at least as many as partitions. */
  readonly streamShards: number;
  /** What the stage of the API takes in a second, as `config/production.json` says. */
  readonly throttle: number;
}

/** What a model is told of time: milliseconds that a function works on a request, or on a batch, and that a transaction holds its items. */
export interface Durations {
  readonly post: number;
  readonly page: number;
  readonly settle: number;
  readonly transaction: number;
}

/** One thing that has a limit, and how much of it is used in a second. */
export interface Place {
  readonly name: string;
  readonly load: number;
  readonly limit: number;
}

/**
 * Caches of CloudFront that each ask the origin once a second for a page that is read everywhere: its regional edge caches ("How
 * CloudFront delivers content"), in whole numbers because nobody tells how many of them a site's readers meet.
 */
const edgeCaches = 13;
/** Read units of a page of twenty comments of 500 characters, which tests assert. */
const pageReadUnits = 2;

/**
 * What one article asks of each place that all its comments or readers meet in. Comments and members are partitions of their own, so
 * that nothing of theirs is here; units are those that were measured.
 */
export function placesOf(situation: Situation, costs: Costs, durations: Durations): Place[] {
  const { commentsPerSecond, readersPerSecond, edge, reactions, commentsPerTransaction, shards, streamShards, throttle } = situation;
  const perComment = writesOf(situation, costs);
  const pages = edge ? Math.min(readersPerSecond, edgeCaches) : readersPerSecond;
  // An instance takes one request at a time and keeps a page for a second.
  const readers = (pages * durations.page) / 1_000;
  const queries = Math.min(pages, Math.max(1, Math.ceil(readers)));
  const transactions = commentsPerSecond / commentsPerTransaction;
  // A reaction takes about as long to answer as a comment.
  const posts = commentsPerSecond * (1 + reactions);
  const written = (units: number) => commentsPerSecond * units;
  const write = limits.partitionWriteUnits;
  return [
    { name: 'index article: write units of its partition', load: written(perComment.article), limit: write },
    { name: 'index thread: write units of its top level', load: written(perComment.thread) / shards, limit: write },
    { name: 'index flat: write units of its replies', load: written(perComment.flat) / shards, limit: write },
    { name: 'index rank: write units of its top level', load: written(perComment.rank) / shards, limit: write },
    // An article is read by each instance that posts there, four times a second; that is no part of the writes.
    { name: 'table: write units of its tally', load: transactions * limits.transactionalWrite, limit: write },
    { name: 'table: write units of its shard of the day', load: transactions * limits.transactionalWrite, limit: write },
    // Transactions on one item at the same time are in each other's way, so they can only follow one another.
    { name: 'its tally: transactions one after another', load: transactions, limit: 1_000 / durations.transaction },
    { name: 'index thread: read units of its top level', load: queries * pageReadUnits, limit: limits.partitionReadUnits },
    {
      name: 'settling: batches under way',
      load: (transactions * durations.settle) / 1_000,
      limit: streamShards * limits.parallelisation,
    },
    {
      name: 'Lambda: instances of an account',
      load: (posts * durations.post) / 1_000 + readers + (transactions * durations.settle) / 1_000,
      limit: limits.concurrency,
    },
    { name: 'HTTP API: requests, as the stage is throttled', load: posts + pages, limit: throttle },
    { name: 'HTTP API: requests, as an account begins', load: posts + pages, limit: limits.accountRequests },
  ];
}

/** The place that is nearest to its limit, or farthest beyond it. */
export const tightest = (places: readonly Place[]): Place | undefined => places.toSorted((a, b) => b.load / b.limit - a.load / a.limit)[0];

/**
 * The most comments per second that `places` hold, to one comment.
 *
 * @param placesAt what is asked of them at a number of comments per second: never less at a greater number
 */
export function ceilingOf(placesAt: (commentsPerSecond: number) => readonly Place[]): number {
  const holds = (rate: number) => placesAt(rate).every(({ load, limit }) => load <= limit);
  if (!holds(0)) return 0;
  let tooMuch = 1;
  while (tooMuch < most && holds(tooMuch)) tooMuch *= 2;
  let held = 0;
  while (tooMuch - held > 1) {
    const between = Math.floor((held + tooMuch) / 2);
    if (holds(between)) held = between;
    else tooMuch = between;
  }
  return held;
}

/** Beyond this nobody asks. */
const most = 2 ** 30;

/** Write units that a comment, posted and settled, takes from each of the lists of its article, its reactions and replies included. */
function writesOf({ replies, reactions, long }: Situation, costs: Costs): Record<'article' | 'thread' | 'flat' | 'rank', number> {
  const top = costOf(costs, long ? 'postComment, of 1,000 characters' : 'postComment, soon after another');
  const short = costOf(costs, 'postComment, soon after another');
  const reply = costOf(costs, 'postComment, a reply');
  const reaction = costOf(costs, 'putReaction');
  // A reply has a row below its parent, in a partition that only its siblings share, and moves the row of its parent.
  const moved = (reply.thread ?? 0) - (short.thread ?? 0);
  const longer = (top.thread ?? 0) / (short.thread ?? 1);
  return {
    article: top.article ?? 0,
    thread: (1 - replies) * (top.thread ?? 0) + replies * moved * longer + reactions * (reaction.thread ?? 0) * longer,
    flat: replies * (reply.flat ?? 0) * longer,
    rank: reactions * (reaction.rank ?? 0) * longer,
  };
}

function costOf(costs: Costs, name: string): Record<string, number> {
  const cost = costs[name];
  if (cost === undefined) throw new Error(`no cost is known of ${name}`);
  const sums: Record<string, number> = { ...cost.answered.write };
  for (const [place, units] of Object.entries(cost.settled?.write ?? {})) sums[place] = (sums[place] ?? 0) + units;
  return sums;
}
