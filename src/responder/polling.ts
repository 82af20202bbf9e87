import type { FastifyBaseLogger } from "fastify";

import type { AcceptedKeys } from "./api-keys.ts";
import type { Served } from "./served.ts";

/** Refreshes at once and then every so many seconds, until stopped. Never rejects: failures are told. */
export async function startPolling(
  served: Served,
  keys: AcceptedKeys,
  everySeconds: number,
  log: FastifyBaseLogger,
  onFailure: () => void,
): Promise<() => void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let lastFailure: string | undefined;

  const look = async (): Promise<void> => {
    const before = served.current?.execution;
    try {
      await Promise.all([served.refresh(), keys.refresh()]);
      lastFailure = undefined;
      const execution = served.current?.execution;
      if (execution !== before) log.info({ execution, before }, "serving another execution");
    } catch (error) {
      onFailure();
      const failure = String(error);
      // Said once, not at every look.
      if (failure !== lastFailure) log.error({ err: error }, "the new execution cannot be served");
      lastFailure = failure;
    }
    if (!stopped) timer = setTimeout(() => void look(), everySeconds * 1000).unref();
  };

  await look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
