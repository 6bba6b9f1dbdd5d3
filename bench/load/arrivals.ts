import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../../local/problem.ts';

/** One request: when it was meant to begin, in milliseconds from the beginning, and how long from then until it was answered. */
export interface Sample {
  readonly route: string;
  readonly at: number;
  readonly ms: number;
  /** Why it was not answered as it should be. */
  readonly failure?: string;
}

/** A kind of request. */
export interface Route {
  readonly name: string;
  /** @throws where it is not answered as it should be */
  send(): Promise<unknown>;
}

/** Requests without an answer beyond which nothing more is sent: what would be has failed at once. */
const mostOpen = 2_000;

/**
 * Sends requests at a constant rate whatever becomes of those before, as readers do, and measures each from the moment it was meant to
 * begin: time that it waits for this process or a connection counts. autocannon sends from a fixed number of connections that wait
 * for their answers, and estimates what that leaves out; artillery is open, and brings several hundred packages.
 * @param rate per second
 */
export async function sendAtRate(rate: number, seconds: number, next: () => Route): Promise<Sample[]> {
  const samples: Sample[] = [];
  const open = new Set<Promise<void>>();
  const begun = performance.now();
  const send = async (route: Route, at: number) => {
    const failure = open.size < mostOpen ? await failureOf(route) : `not sent beside ${mostOpen} without an answer`;
    samples.push({ route: route.name, at, ms: performance.now() - begun - at, ...(failure !== undefined && { failure }) });
  };
  for (let sent = 0; sent < rate * seconds; ) {
    for (; (sent / rate) * 1000 <= performance.now() - begun && sent < rate * seconds; sent += 1) {
      const sending = send(next(), (sent / rate) * 1000);
      open.add(sending);
      void sending.finally(() => open.delete(sending));
    }
    await delay(1);
  }
  await Promise.all(open);
  return samples;
}

/** Sends one request; gives why it failed, if it did. */
export async function failureOf({ send }: Route): Promise<string | undefined> {
  try {
    await send();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** Kinds of failures that are told. */
const mostTold = 10;

/** What failed and why, what failed most first, each kind once with how often and when first; empty where nothing did. */
export function failuresOf(samples: readonly Sample[]): string {
  const failed = samples.filter(({ failure }) => failure !== undefined);
  const alike = Object.groupBy(failed, ({ route, failure }) => `${route} ${failure}`);
  const kinds = Object.entries(alike).toSorted(([, a = []], [, b = []]) => b.length - a.length);
  const told = kinds
    .slice(0, mostTold)
    .map(([what, of = []]) => `${of.length} × ${what}, first after ${(Math.min(...of.map(({ at }) => at)) / 1_000).toFixed(1)} s`);
  return [...told, ...(kinds.length > mostTold ? [`${kinds.length - mostTold} kinds more`] : [])].join('; ');
}
