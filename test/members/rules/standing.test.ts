import { describe, expect, it } from 'vitest';
import { standingAt, standingForMember, standings } from '#members/rules/standing.ts';

const now = new Date('2026-11-23T09:30:00.000Z');

describe('a standing', () => {
  it('is normal where none was given', () => {
    expect(standingAt({}, now)).toEqual({ standing: 'normal', until: null, note: null });
  });

  it('holds until its end, and not at it', () => {
    const given = { standing: 'banned', standingUntil: now.toISOString(), standingNote: 'Spam' } as const;
    expect(standingAt(given, new Date(now.getTime() - 1))).toEqual({ standing: 'banned', until: now.toISOString(), note: 'Spam' });
    expect(standingAt(given, now)).toEqual({ standing: 'normal', until: null, note: null });
  });

  it('holds for good without an end', () => {
    expect(standingAt({ standing: 'held' }, new Date('2099-01-01T00:00:00.000Z')).standing).toBe('held');
  });

  it('is told to its member, but for a mute and for any note', () => {
    for (const standing of standings) {
      const told = standingForMember({ standing, until: now.toISOString(), note: 'for moderators' });
      expect(told).toEqual(standing === 'muted' ? { standing: 'normal', until: null } : { standing, until: now.toISOString() });
    }
  });
});
