import { setTimeout as sleep } from "node:timers/promises";

/** Lets one who waits go on early when something has happened; what happens while he does not wait counts too. */
export class Wakeup {
  #next = Promise.withResolvers<undefined>();

  ring(): void {
    this.#next.resolve(undefined);
  }

  /** Resolves at the next ring, or one since the last wait, or after so long; rejects with the signal's reason. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    const settled = new AbortController();
    try {
      await Promise.race([
        this.#next.promise,
        sleep(milliseconds, undefined, { signal: AbortSignal.any([signal, settled.signal]) }),
      ]);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      settled.abort();
    }
    this.#next = Promise.withResolvers();
  }
}

/** What the work gives, unless the signal is aborted first: then its reason, and the work is left to itself. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  work.catch(() => undefined);
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => {
    aborted.reject(signal.reason);
  };
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
