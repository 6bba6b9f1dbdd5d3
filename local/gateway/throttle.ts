import type { ApiPlan } from '../template/api.ts';

/**
 * A token bucket: `burst` tokens at most, refilled at `ratePerSecond` ("Throttle requests to your HTTP APIs for better throughput in API
 * Gateway").
 * @param now the time in milliseconds
 * @returns what takes a token, and tells whether there was one
 */
export function tokenBucket({ ratePerSecond, burst }: ApiPlan['throttle'], now: () => number = Date.now): () => boolean {
  if (!Number.isFinite(ratePerSecond)) return () => true;
  const capacity = Math.min(burst, Number.MAX_SAFE_INTEGER);
  let tokens = capacity;
  let filledAt = now();
  return () => {
    const time = now();
    tokens = Math.min(capacity, tokens + ((time - filledAt) / 1000) * ratePerSecond);
    filledAt = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
