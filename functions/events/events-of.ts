import type { DynamoDBRecord } from 'aws-lambda';
import { hashedUuid } from '#http/hashed-uuid.ts';
import { fromImage } from '#table/attributes.ts';
import { articleKey, commentKey, type Key, memberKey, policyInForceKey, reactionKey, reportKey } from '#table/keys.ts';
import type { Fact, PublishedEvent } from './event.ts';
import { articleEvents } from './rules/article-events.ts';
import { commentEvents } from './rules/comment-events.ts';
import { reactionEvents, reportEvents } from './rules/mark-events.ts';
import { memberEvents } from './rules/member-events.ts';
import { policyEvents } from './rules/policy-events.ts';

/** What tells the sorts of items apart, and what a change of each is told as. */
const sorts: readonly { sk: string; events: (before: never, after: never) => Fact[] }[] = [
  { sk: commentKey('').sk, events: commentEvents },
  { sk: reactionKey('', '').sk, events: reactionEvents },
  { sk: reportKey('', '').sk, events: reportEvents },
  { sk: articleKey('').sk, events: articleEvents },
  { sk: policyInForceKey.sk, events: policyEvents },
  { sk: memberKey('').sk, events: memberEvents },
];

/**
 * The events of one record of the table's stream. DynamoDB names every record by a "globally unique identifier" (API
 * reference, `Record`, eventID), the same however often it is delivered: so is the id of each event of it.
 */
export function eventsOf({ eventID = '', dynamodb = {} }: DynamoDBRecord): PublishedEvent[] {
  const after = readImage(dynamodb.NewImage);
  if (after === undefined) return [];
  const sort = sorts.find(({ sk }) => (sk.endsWith('#') ? after.sk.startsWith(sk) : after.sk === sk));
  const facts = sort?.events(readImage(dynamodb.OldImage) as never, after as never) ?? [];
  const at = new Date((dynamodb.ApproximateCreationDateTime ?? 0) * 1_000).toISOString();
  const sequence = dynamodb.SequenceNumber ?? '';
  return facts.map((fact) => ({ id: hashedUuid(eventID, fact.type, after.pk), at, sequence, ...fact }));
}

const readImage = (image: object | undefined) => (image === undefined ? undefined : fromImage<Key>(image));
