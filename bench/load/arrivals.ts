import { setTimeout as delay } from 'node:timers/promises';

/** One request: when it was meant to begin, in milliseconds from the beginning, and how long from then until it was answered. */
export interface Sample {
  readonly route: string;
  readonly at: number;
  readonly ms: number;
  readonly failed: boolean;
}

/** A kind of request; resolves with whether it was answered as it should be. */
export interface Route {
  readonly name: string;
  send(): Promise<boolean>;
}

/** Requests without an answer beyond which nothing more is sent: what would be counts as failed at once. */
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
    const answered = open.size < mostOpen ? await route.send().catch(() => false) : false;
    samples.push({ route: route.name, at, ms: performance.now() - begun - at, failed: !answered });
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
