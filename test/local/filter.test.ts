import { describe, expect, test } from 'vitest';
import { compileFilter, compilePattern } from '../../local/streams/filter/pattern.ts';

const record = {
  eventName: 'MODIFY',
  dynamodb: {
    NewImage: {
      unsettled: { BOOL: true },
      status: { S: 'held' },
      count: { N: '3' },
      gone: { NULL: null },
      tags: { SS: ['news', 'sport'] },
    },
    SizeBytes: 120,
  },
};
const matches = (pattern: unknown) => compilePattern(JSON.stringify(pattern))(record);
const ofStatus = (...rules: unknown[]) => matches({ dynamodb: { NewImage: { status: { S: rules } } } });

describe('an event filter', () => {
  test('takes any of the values in a list, by type and value', () => {
    expect(ofStatus('approved', 'held')).toBe(true);
    expect(ofStatus('approved')).toBe(false);
    expect(matches({ dynamodb: { NewImage: { unsettled: { BOOL: [true] } } } })).toBe(true);
    expect(matches({ dynamodb: { NewImage: { unsettled: { BOOL: ['true'] } } } })).toBe(false);
    expect(matches({ dynamodb: { NewImage: { gone: { NULL: [null] } } } })).toBe(true);
    expect(matches({ dynamodb: { SizeBytes: [120] } })).toBe(true);
  });

  test('wants all keys of a pattern to match, at every depth', () => {
    expect(matches({ eventName: ['MODIFY'], dynamodb: { NewImage: { status: { S: ['held'] } } } })).toBe(true);
    expect(matches({ eventName: ['INSERT'], dynamodb: { NewImage: { status: { S: ['held'] } } } })).toBe(false);
    expect(matches({ dynamodb: { OldImage: { status: { S: ['held'] } } } })).toBe(false);
  });

  test('understands prefix, suffix and case', () => {
    expect(ofStatus({ prefix: 'he' })).toBe(true);
    expect(ofStatus({ prefix: 'el' })).toBe(false);
    expect(ofStatus({ suffix: 'ld' })).toBe(true);
    expect(ofStatus({ 'equals-ignore-case': 'HELD' })).toBe(true);
  });

  test('anything-but takes every other value, but not a missing one', () => {
    expect(ofStatus({ 'anything-but': ['approved', 'spam'] })).toBe(true);
    expect(ofStatus({ 'anything-but': 'held' })).toBe(false);
    expect(matches({ dynamodb: { NewImage: { other: { S: [{ 'anything-but': ['x'] }] } } } })).toBe(false);
  });

  test('numeric compares numbers, and never the strings in which DynamoDB keeps its own', () => {
    expect(matches({ dynamodb: { SizeBytes: [{ numeric: ['>', 100, '<=', 120] }] } })).toBe(true);
    expect(matches({ dynamodb: { SizeBytes: [{ numeric: ['=', 121] }] } })).toBe(false);
    expect(matches({ dynamodb: { NewImage: { count: { N: [{ numeric: ['>', 0] }] } } } })).toBe(false);
    expect(matches({ dynamodb: { NewImage: { count: { N: ['3'] } } } })).toBe(true);
  });

  test('exists asks for a leaf', () => {
    expect(matches({ dynamodb: { NewImage: { count: { N: [{ exists: true }] } } } })).toBe(true);
    expect(matches({ dynamodb: { NewImage: { other: { N: [{ exists: true }] } } } })).toBe(false);
    expect(matches({ dynamodb: { NewImage: { other: { N: [{ exists: false }] } } } })).toBe(true);
    expect(matches({ dynamodb: { NewImage: [{ exists: true }] } })).toBe(false);
  });

  test('$or takes one of several patterns beside the other keys', () => {
    const either = [{ dynamodb: { SizeBytes: [1] } }, { dynamodb: { NewImage: { status: { S: ['held'] } } } }];
    expect(matches({ eventName: ['MODIFY'], $or: either })).toBe(true);
    expect(matches({ eventName: ['INSERT'], $or: either })).toBe(false);
  });

  test('a list in the record matches by any element', () => {
    expect(matches({ dynamodb: { NewImage: { tags: { SS: ['sport'] } } } })).toBe(true);
    expect(matches({ dynamodb: { NewImage: { tags: { SS: ['opinion'] } } } })).toBe(false);
  });

  test('several filters let through what any of them does, and none lets all through', () => {
    const none = JSON.stringify({ eventName: ['REMOVE'] });
    expect(compileFilter([none, JSON.stringify({ eventName: ['MODIFY'] })])(record)).toBe(true);
    expect(compileFilter([none])(record)).toBe(false);
    expect(compileFilter([])(record)).toBe(true);
  });

  test.each([
    [{ dynamodb: { status: [{ wildcard: '*' }] } }, 'operator wildcard'],
    [{ dynamodb: { status: [{ 'anything-but': { prefix: 'x' } }] } }, 'anything-but takes'],
    [{ dynamodb: { status: 'held' } }, 'expected an object'],
    [{ dynamodb: { status: [] } }, 'empty list'],
    [{ dynamodb: { status: [{ numeric: ['~', 1] }] } }, 'numeric does not understand'],
    [{ $or: [{ eventName: ['INSERT'] }] }, 'two patterns or more'],
  ])('%j is refused and named', (pattern, message) => {
    expect(() => compilePattern(JSON.stringify(pattern))).toThrow(message);
  });
});
