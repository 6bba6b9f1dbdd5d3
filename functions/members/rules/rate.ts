/** How often a member may post: `amount` at once, then one more for each part of the window that passes. */
export interface RateWindow {
  name: string;
  /** Where its state is kept: windows of one name may count different things. */
  place: string;
  amount: number;
  /** Seconds. */
  seconds: number;
}

/** What the policy allows, as windows. */
export const windowsOf = (rate: { perMinute: number; perHour: number }): RateWindow[] => [
  { name: 'minute', place: 'minute', amount: rate.perMinute, seconds: 60 },
  { name: 'hour', place: 'hour', amount: rate.perHour, seconds: 3_600 },
];

/**
 * For each window by place, the moment (milliseconds since 1970) at which all that was used of it will have come back: the
 * "theoretical arrival time" of the generic cell rate algorithm (ITU-T I.371), which needs one number per window instead of
 * a list of times.
 */
export type RateState = Record<string, number>;

/** Whether one more is admitted: the state after it, or how long to wait. */
export type Admission = { kind: 'admitted'; state: RateState } | { kind: 'limited'; window: RateWindow; retryAfter: number };

/** Decides on one more at `now` (milliseconds since 1970); `retryAfter` is in whole seconds, at least one. */
export function admit(state: RateState, windows: readonly RateWindow[], now: number): Admission {
  const next: RateState = {};
  let limited: { window: RateWindow; wait: number } | undefined;
  for (const window of windows) {
    const interval = (window.seconds * 1_000) / window.amount;
    const back = Math.max(state[window.place] ?? 0, now) + interval;
    const wait = back - now - window.seconds * 1_000;
    if (wait > 0 && wait > (limited?.wait ?? 0)) limited = { window, wait };
    next[window.place] = back;
  }
  if (limited === undefined) return { kind: 'admitted', state: next };
  return { kind: 'limited', window: limited.window, retryAfter: Math.max(1, Math.ceil(limited.wait / 1_000)) };
}

/** How many more a window admits right now, and the seconds until it is whole again. */
function remainingOf(state: RateState, { place, amount, seconds }: RateWindow, now: number): { remaining: number; reset: number } {
  const used = Math.max(0, (state[place] ?? 0) - now);
  const interval = (seconds * 1_000) / amount;
  return { remaining: Math.max(0, Math.floor((seconds * 1_000 - used) / interval + 1e-6)), reset: Math.ceil(used / 1_000) };
}

/** The headers of the IETF draft "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers §§3–4). */
export function rateHeaders(state: RateState, windows: readonly RateWindow[], now: number): Record<string, string> {
  const left = windows.map((window) => ({ window, ...remainingOf(state, window, now) }));
  const policy = windows.map(({ name, amount, seconds }) => `"${name}";q=${amount};w=${seconds}`).join(', ');
  const limit = left.map(({ window, remaining, reset }) => `"${window.name}";r=${remaining};t=${reset}`).join(', ');
  return { 'ratelimit-policy': policy, ratelimit: limit };
}
