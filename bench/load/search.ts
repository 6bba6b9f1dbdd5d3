import { failureOf, type Route, type Sample, sendAtRate } from './arrivals.ts';

/** A rate that was borne, per second, and what was answered at it. */
export interface Borne {
  readonly rate: number;
  readonly samples: readonly Sample[];
}

export interface Search {
  /** How long each rate is tried, in seconds. */
  readonly seconds: number;
  /** What 99 of 100 requests must be answered within, in milliseconds. */
  readonly bearable: number;
  /** Whether what follows from the requests was borne too, once they are answered. */
  settled?(samples: readonly Sample[]): Promise<boolean>;
}

/** Requests at the same time while it is asked how many there might be. */
const atOnce = 32;
/** From one tried rate to the next. */
const step = 0.85;
const lowest = 1;

/**
 * The highest constant rate at which nothing fails and 99 of 100 requests are answered in time. It begins at what as many clients
 * as wait for their answers get through, and goes down, or up for as long as that is borne.
 */
export async function highestRate(route: Route, { seconds, bearable, settled = async () => true }: Search): Promise<Borne> {
  const tryRate = async (rate: number): Promise<Borne | undefined> => {
    const samples = await sendAtRate(rate, seconds, () => route);
    const inTime = samples.every(({ failure }) => failure === undefined) && quantileOf(samples, 0.99) < bearable;
    // Whatever follows has to be waited for, or the next try would meet it.
    return (await settled(samples)) && inTime ? { rate, samples } : undefined;
  };
  let rate = await rateOfClients(route, seconds);
  await settled([]);
  let borne = await tryRate(rate);
  if (borne !== undefined) {
    for (let more: Borne | undefined = borne; more !== undefined; more = await tryRate(more.rate / step)) borne = more;
    return borne;
  }
  for (rate *= step; borne === undefined && rate > lowest; rate *= step) borne = await tryRate(rate);
  return borne ?? { rate: 0, samples: [] };
}

/** Milliseconds within which a share of the requests was answered. */
export function quantileOf(samples: readonly Sample[], quantile: number): number {
  const sorted = samples.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return sorted[Math.ceil(quantile * sorted.length) - 1] ?? Number.NaN;
}

/** Requests per second of clients that each wait for their answer. */
async function rateOfClients(route: Route, seconds: number): Promise<number> {
  const begun = performance.now();
  let answered = 0;
  const ask = async () => {
    for (; performance.now() - begun < seconds * 1_000; answered += 1) await failureOf(route);
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return (answered / (performance.now() - begun)) * 1_000;
}
