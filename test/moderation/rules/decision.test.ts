import { describe, expect, it } from 'vitest';
import { commentStatuses } from '#comments/rules/status.ts';
import { decide, decisionActions } from '#moderation/rules/decision.ts';

describe('a decision', () => {
  it.each([
    ['approve', 'approved'],
    ['reject', 'rejected'],
    ['spam', 'spam'],
  ] as const)('to %s makes a comment of any status %s', (action, status) => {
    for (const before of commentStatuses.filter((each) => each !== 'deleted')) {
      expect(decide(action, { status: before, featured: false })).toEqual({ status, featured: false });
    }
  });

  it.each(decisionActions)('to %s does nothing to what its author deleted', (action) => {
    expect(decide(action, { status: 'deleted', featured: false })).toBeUndefined();
  });

  it('features approved comments alone', () => {
    expect(decide('feature', { status: 'approved', featured: false })).toEqual({ status: 'approved', featured: true });
    for (const status of commentStatuses.filter((each) => each !== 'approved')) {
      expect(decide('feature', { status, featured: false })).toBeUndefined();
    }
  });

  it('takes the feature away, asked or by taking the comment down', () => {
    expect(decide('unfeature', { status: 'approved', featured: true })).toEqual({ status: 'approved', featured: false });
    expect(decide('reject', { status: 'approved', featured: true })).toEqual({ status: 'rejected', featured: false });
  });

  it('to approve again keeps a feature', () => {
    expect(decide('approve', { status: 'approved', featured: true })).toEqual({ status: 'approved', featured: true });
  });
});
