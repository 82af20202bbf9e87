import { setTimeout as sleep } from "node:timers/promises";

import type { FastifyBaseLogger } from "fastify";

import type { Served } from "../served.ts";

/** Longest that a call waits for a new execution to be opened while an old one can be served. */
const PATIENCE_MILLISECONDS = 3_000;

interface DueOptions {
  readonly everySeconds: number;
  /** Gives seconds. */
  readonly clock: () => number;
  readonly log: FastifyBaseLogger;
}

/**
 * What is called before each answer: it looks at the pointer if the last look is older than so many seconds.
 *
 * A function is frozen between calls, so no timer can do it; and a function that slept for an hour must not answer
 * from what was served an hour ago. A new execution is waited for as long as that takes little; then the old one is
 * served on, and the opening goes on beside the next calls. Never rejects: failures are logged.
 */
export function refreshWhenDue(
  served: Served,
  { everySeconds, clock, log }: DueOptions,
): () => Promise<void> {
  let lastLook = -Infinity;
  let looking: Promise<void> | undefined;

  const look = async (): Promise<void> => {
    const before = served.current?.execution;
    try {
      await served.refresh();
      const execution = served.current?.execution;
      if (execution !== before) log.info({ execution, before }, "serving another execution");
    } catch (error) {
      log.error({ err: error }, "the new execution cannot be served");
    } finally {
      looking = undefined;
    }
  };

  return async () => {
    const now = clock();
    const isDue = now - lastLook >= everySeconds || now < lastLook; // a clock may be set back
    if (looking === undefined && isDue) {
      lastLook = now;
      looking = look();
    }
    if (looking === undefined) return;
    if (served.current === undefined) return looking;
    const patience = new AbortController();
    const enough = sleep(PATIENCE_MILLISECONDS, undefined, { signal: patience.signal });
    await Promise.race([looking, enough]);
    patience.abort();
    await enough.catch(() => undefined);
  };
}
