import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { FunctionPlan } from '../template/functions.ts';
import { type Instance, type InstanceOptions, type Outcome, startInstance } from './instance.ts';

const longestBackoff = 10_000;
/**
 * Invocations that one instance works on at once; more wait outside. All at once they would keep its thread so busy that
 * none of them sees in time what comes back from the table.
 */
const atOnce = 32;
/** "The Init phase is limited to 10 seconds", and is not part of the function's own time ("Lambda execution environment lifecycle"). */
const longestLoading = 10_000;

/** A function that can be invoked. */
export interface LambdaFunction {
  readonly plan: FunctionPlan;
  /** Settles when the handler is loaded, or at once where that waits for the first invocation. */
  readonly ready: Promise<void>;
  /**
   * Invokes it and waits for the result. Never rejects.
   * @param event JSON text
   */
  invoke(event: string, requestId?: string): Promise<Outcome>;
  /** Ends its instance in the middle of its work, as a crash does; another takes its place. */
  kill(): void;
  stop(): Promise<void>;
}

export interface FunctionOptions extends InstanceOptions {
  /** Whether it is loaded no sooner than it is invoked, for what is seldom invoked and never waited for. */
  readonly whenInvoked?: boolean;
  /** Gets one line for every invocation that failed and every instance that broke. */
  readonly onProblem: (line: string) => void;
}

/**
 * Runs a function. Unlike Lambda, which gives an instance one invocation at a time, one instance takes many at once: state that a
 * handler keeps between its awaits is shared here by concurrent requests. An instance that breaks is replaced.
 */
export function startFunction(options: FunctionOptions): LambdaFunction {
  const { plan, onProblem, whenInvoked = false } = options;
  const timeout = plan.timeoutSeconds * 1000;
  let stopped = false;
  let failures = 0;
  const admit = pLimit(atOnce);
  const retiring = new Set<Instance>();
  const loaded = new WeakSet<Instance>();
  /** The instance itself once it runs, so that the usual invocation waits for nothing. */
  let running: Instance | undefined;
  let current: Promise<Instance | undefined> = Promise.resolve(whenInvoked ? undefined : start());

  function start(): Instance {
    const instance = startInstance(options);
    running = instance;
    instance.ready.then(
      () => loaded.add(instance),
      () => undefined,
    );
    void instance.ended.then((why) => {
      retiring.delete(instance);
      if (running !== instance || stopped) return;
      onProblem(`${plan.name} broke and is started again: ${why}`);
      replace();
    });
    return instance;
  }

  /** Whoever else has waited as well may have been first. */
  const startUnlessThere = () => running ?? (stopped ? undefined : start());

  /** At once after the first failure, then later and later, until an invocation succeeds. */
  function replace(): void {
    running = undefined;
    const wait = failures === 0 ? 0 : Math.min(longestBackoff, 100 * 2 ** (failures - 1));
    failures += 1;
    current = delay(wait, undefined, { ref: false }).then(() => (stopped ? undefined : start()));
  }

  /** Lambda ends an instance whose time is over. Here others may be under way in it: it gets no new ones, and ends with the last. */
  function retire(instance: Instance): void {
    if (running === instance) {
      running = undefined;
      current = Promise.resolve(start());
    }
    retiring.add(instance);
  }

  async function invoke(event: string, requestId: string): Promise<Outcome> {
    const instance = running ?? (await current) ?? startUnlessThere();
    if (instance === undefined) return { ok: false, error: { errorType: 'Runtime.Stopped', errorMessage: 'The runtime stops', trace: [] } };
    if (!loaded.has(instance))
      await Promise.race([instance.ready, delay(longestLoading, undefined, { ref: false })]).catch(() => undefined);
    const outcome = await withinTime(instance, event, requestId);
    if (outcome.ok) failures = 0;
    else onProblem(`${plan.name} failed: ${outcome.error.errorType}: ${outcome.error.errorMessage.split('\n', 1)[0]} (${requestId})`);
    if (retiring.has(instance) && instance.busy() === 0) void instance.stop();
    return outcome;
  }

  function withinTime(instance: Instance, event: string, requestId: string): Promise<Outcome> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        retire(instance);
        const errorMessage = `Task timed out after ${plan.timeoutSeconds.toFixed(2)} seconds`;
        resolve({ ok: false, error: { errorType: 'Sandbox.Timedout', errorMessage, trace: [] } });
        // Its last invocation may be the one that never answers.
        setTimeout(() => void instance.stop(), timeout).unref();
      }, timeout);
      void instance.invoke({ event, requestId, deadline: Date.now() + timeout }).then((outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      });
    });
  }

  const ready = current.then((instance) => instance?.ready);
  // Whoever does not wait for it hears of a failure through `onProblem`.
  ready.catch(() => undefined);
  return {
    plan,
    ready,
    invoke: (event, requestId = randomUUID()) => admit(invoke, event, requestId),
    kill: () => void running?.stop(),
    async stop() {
      stopped = true;
      await Promise.all([running, ...retiring].map((instance) => instance?.stop()));
    },
  };
}
