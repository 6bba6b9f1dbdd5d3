/** Numbers that look like chance and are the same for the same seed (mulberry32). */
export interface Dice {
  /** Whether something happens that has this probability. */
  happens(probability: number): boolean;
  /** A whole number below a bound. */
  below(bound: number): number;
}

/** @param seed a whole number; 32 bits of it count */
export function diceOf(seed: number): Dice {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { happens: (probability) => next() < probability, below: (bound) => Math.floor(next() * bound) };
}
