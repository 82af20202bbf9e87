import { setTimeout as sleep } from "node:timers/promises";

import type { FastifyBaseLogger } from "fastify";

import type { AcceptedKeys } from "../api-keys.ts";
import type { Served } from "../served.ts";

/** Longest that a call waits for a new execution to be opened while an old one can be served. */
const PATIENCE_MILLISECONDS = 3_000;
/** A key that was taken back is refused after so many seconds at most. */
const KEY_SECONDS = 60;

interface DueOptions {
  readonly everySeconds: number;
  /** Gives seconds. */
  readonly clock: () => number;
  readonly log: FastifyBaseLogger;
}

/**
 * What is called before each answer: it looks at the pointer and the keys if the last look is older than so many seconds,
 * at the keys at least every minute.
 *
 * A function is frozen between calls, so no timer can do it; and a function that slept for an hour must not answer
 * from what was served an hour ago. A new execution is waited for as long as that takes little; then the old one is
 * served on, and the opening goes on beside the next calls. Never rejects: failures are logged.
 */
export function refreshWhenDue(
  served: Served,
  keys: AcceptedKeys,
  { everySeconds, clock, log }: DueOptions,
): () => Promise<void> {
  const isPointerDue = every(everySeconds);
  const areKeysDue = every(Math.min(everySeconds, KEY_SECONDS));
  let looking: Promise<unknown> | undefined;

  const lookAtPointer = async (): Promise<void> => {
    const before = served.current?.execution;
    try {
      await served.refresh();
      const execution = served.current?.execution;
      if (execution !== before) log.info({ execution, before }, "serving another execution");
    } catch (error) {
      log.error({ err: error }, "the new execution cannot be served");
    }
  };
  const lookAtKeys = async (): Promise<void> => {
    try {
      await keys.refresh();
    } catch (error) {
      log.error({ err: error }, "the keys cannot be read");
    }
  };

  return async () => {
    if (looking === undefined) {
      const now = clock();
      const looks = [
        ...(isPointerDue(now) ? [lookAtPointer()] : []),
        ...(areKeysDue(now) ? [lookAtKeys()] : []),
      ];
      if (looks.length === 0) return;
      looking = Promise.all(looks).finally(() => (looking = undefined));
    }
    if (served.current === undefined || keys.any() === "unknown") {
      await looking;
      return;
    }
    const patience = new AbortController();
    const enough = sleep(PATIENCE_MILLISECONDS, undefined, { signal: patience.signal });
    await Promise.race([looking, enough]);
    patience.abort();
    await enough.catch(() => undefined);
  };
}

/** True at first, and whenever so many seconds have gone by since it was last true. */
function every(seconds: number): (now: number) => boolean {
  let last = -Infinity;
  return (now) => {
    const isDue = now - last >= seconds || now < last; // a clock may be set back
    if (isDue) last = now;
    return isDue;
  };
}
