const minute = 60_000;
const hour = 60;
const day = 24 * hour;

/**
 * How long a comment was held, in minutes: to the minute below an hour, to the hour below a day, then to the day, 30 of them
 * at most. These are few enough steps to be counted each in the tally of a day, and the item stays below a kilobyte.
 */
export function minutesHeld(since: string, until: string): number {
  const minutes = Math.max(0, Math.floor((Date.parse(until) - Date.parse(since)) / minute));
  if (minutes < hour) return minutes;
  if (minutes < day) return minutes - (minutes % hour);
  return Math.min(minutes - (minutes % day), 30 * day);
}

/** The name of the sum that counts the comments held for so long: short, because there are many. */
export const heldFor = (minutes: number): string => `${minutes}m`;
const isHeldFor = (name: string) => /^\d+m$/.test(name);

/** The median of what such sums count, in minutes: between two middle ones their mean, and null where nothing was counted. */
export function medianMinutesHeld(sums: Readonly<Record<string, number>>): number | null {
  const all = Object.entries(sums)
    .filter(([name]) => isHeldFor(name))
    .flatMap(([name, count]) => Array.from({ length: count }, () => Number.parseInt(name, 10)))
    .sort((a, b) => a - b);
  const middle = all.slice(Math.floor((all.length - 1) / 2), Math.floor(all.length / 2) + 1);
  return middle.length === 0 ? null : middle.reduce((sum, minutes) => sum + minutes, 0) / middle.length;
}
