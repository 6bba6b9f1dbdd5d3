import { hash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Caller } from '#http/caller.ts';
import { Problem } from '#http/problem.ts';
import { tableName } from '#table/client.ts';
import { getItem } from '#table/get.ts';
import { idempotencyKey, type Key } from '#table/keys.ts';
import type { TransactItem } from '#table/transaction.ts';

/** A `POST` that its client can send again without posting twice. */
export interface Repeatable {
  key: Key;
  /** What tells one payload from another. */
  payload: string;
}

/** The first answer to a key, kept for a day. */
export interface FirstAnswer {
  location: string;
  body: string;
}

type AnswerItem = Key & FirstAnswer & { payload: string; expiresAt: number };

/** How long an answer is kept, in seconds. */
export const idempotencySeconds = 24 * 60 * 60;

/**
 * Reads the header `Idempotency-Key`.
 *
 * @throws Problem `malformed-request` (400) unless it is 1–64 printable ASCII characters
 */
export function repeatable(header: string | undefined, caller: Caller, payload: unknown): Repeatable | undefined {
  if (header === undefined) return undefined;
  if (!/^[\x20-\x7e]{1,64}$/.test(header)) {
    throw new Problem('malformed-request', 'A header is wrong.', {
      errors: [{ path: '/Idempotency-Key', message: 'must be 1–64 printable characters' }],
    });
  }
  return {
    key: idempotencyKey(caller.id, hash('sha256', header, 'base64url')),
    payload: hash('sha256', JSON.stringify(payload), 'base64url'),
  };
}

/**
 * The answer that was given to this key before, if any.
 *
 * @throws Problem `invalid` (422) when the key was used for another payload
 */
export async function firstAnswer({ key, payload }: Repeatable, now: Date): Promise<FirstAnswer | undefined> {
  const item = await getItem<AnswerItem>(key, { consistent: true });
  if (item === undefined || item.expiresAt <= secondsOf(now)) return undefined;
  if (item.payload === payload) return { location: item.location, body: item.body };
  throw new Problem('invalid', 'This Idempotency-Key was used for another comment.', {
    errors: [{ path: '/Idempotency-Key', message: 'use a new key for a new comment' }],
  });
}

/** Milliseconds between looks for the answer of a request that is under way. */
const pauses = [50, 100, 200, 400, 800];
/** No request is under way longer than this, in milliseconds: the gateway waits no longer. */
const longestRequest = 30_000;

/**
 * The answer to the first request with this key, which was admitted and may be under way still. Nothing if there is none: then it failed in between.
 *
 * @throws Problem `invalid` (422) when the key was used for another payload
 */
export async function firstAnswerSoon(again: Repeatable, admittedAt: Date, now: Date): Promise<FirstAnswer | undefined> {
  let first = await firstAnswer(again, now);
  if (now.getTime() - admittedAt.getTime() > longestRequest) return first;
  for (const pause of pauses) {
    if (first !== undefined) return first;
    await setTimeout(pause);
    first = await firstAnswer(again, now);
  }
  return first;
}

/** Keeps the first answer in the same transaction as the comment; the table forgets it a day later (TTL). */
export function keepAnswer({ key, payload }: Repeatable, answer: FirstAnswer, now: Date): TransactItem {
  const item: AnswerItem = { ...key, ...answer, payload, expiresAt: secondsOf(now) + idempotencySeconds };
  return {
    Put: {
      TableName: tableName,
      Item: item,
      // The table deletes what has expired only some time later ("Time to Live", DynamoDB Developer Guide).
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': secondsOf(now) },
    },
  };
}

const secondsOf = (time: Date) => Math.floor(time.getTime() / 1_000);
