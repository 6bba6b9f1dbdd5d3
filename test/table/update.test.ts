import { describe, expect, it } from 'vitest';
import { buildRemoval, buildUpdate } from '#table/update.ts';

const key = { pk: 'C#1', sk: 'comment' };

describe('building an update', () => {
  it('sets, removes and adds in one expression', () => {
    const update = buildUpdate({ key, set: { status: 'held', flat: undefined }, add: { size: -1 } });
    expect(update).toEqual({
      Key: key,
      UpdateExpression: 'SET #status = :set_status REMOVE #flat ADD #size :add_size',
      ExpressionAttributeNames: { '#status': 'status', '#flat': 'flat', '#size': 'size' },
      ExpressionAttributeValues: { ':set_status': 'held', ':add_size': -1 },
    });
  });

  it('asks for exact values, and for absence where a value is undefined', () => {
    const update = buildUpdate({ key, set: { a: 1 }, expect: { version: 3, unsettled: undefined } });
    expect(update.ConditionExpression).toBe('#version = :is_version AND attribute_not_exists(#unsettled)');
    expect(update.ExpressionAttributeValues).toEqual({ ':set_a': 1, ':is_version': 3 });
  });

  it('sets an attribute to one value though it expects another', () => {
    const update = buildUpdate({ key, set: { version: 4 }, expect: { version: 3 } });
    expect(update.ExpressionAttributeValues).toEqual({ ':set_version': 4, ':is_version': 3 });
  });

  it('adds within a map, also to an entry with a hyphen', () => {
    expect(buildUpdate({ key, add: { 'reports.off-topic': 1 } })).toEqual({
      Key: key,
      UpdateExpression: 'ADD #reports.#off_topic :add_reports_off_topic',
      ExpressionAttributeNames: { '#reports': 'reports', '#off_topic': 'off-topic' },
      ExpressionAttributeValues: { ':add_reports_off_topic': 1 },
    });
  });

  it('does nothing where something is so already', () => {
    const update = buildUpdate({ key, set: { view: 'like' }, unless: { view: 'like', gone: undefined } });
    expect(update.ConditionExpression).toBe('(attribute_not_exists(#view) OR #view <> :is_view) AND attribute_exists(#gone)');
  });

  it('removes an item only in the state that was read', () => {
    expect(buildRemoval({ key, expect: { version: 2, view: undefined } })).toEqual({
      Key: key,
      ConditionExpression: '#version = :is_version AND attribute_not_exists(#view)',
      ExpressionAttributeNames: { '#version': 'version', '#view': 'view' },
      ExpressionAttributeValues: { ':is_version': 2 },
    });
  });

  it('names no values when there are none, because DynamoDB refuses an empty list', () => {
    expect(buildUpdate({ key, set: { flat: undefined } })).toEqual({
      Key: key,
      UpdateExpression: 'REMOVE #flat',
      ExpressionAttributeNames: { '#flat': 'flat' },
    });
  });

  it('tells null, false and 0 from undefined', () => {
    const update = buildUpdate({ key, set: { a: null, b: false, c: 0 } });
    expect(update.UpdateExpression).toBe('SET #a = :set_a, #b = :set_b, #c = :set_c');
  });
});
