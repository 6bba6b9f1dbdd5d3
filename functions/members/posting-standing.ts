import { Problem } from '#http/problem.ts';
import { type PostingStanding, type StoredStanding, standingAt } from './rules/standing.ts';

/**
 * The standing of a member who means to take part.
 *
 * @throws Problem `forbidden` (403) for who is banned
 */
export function postingStanding(member: StoredStanding, now: Date): PostingStanding {
  const { standing, until } = standingAt(member, now);
  if (standing !== 'banned') return standing;
  throw new Problem('forbidden', `You are banned from taking part${until === null ? '' : ` until ${until}`}.`);
}
