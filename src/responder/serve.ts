import { pino } from "pino";

import { createResponder, type ResponderOptions } from "./responder.ts";

export interface RunningResponder {
  /** Where it answers, with the port it was given. */
  readonly url: string;
  /** Stops taking connections, answers what is under way, and lets go of everything. */
  close(): Promise<void>;
}

/** Serves the REST API on the configured host and port; logs go to standard error. */
export async function serveResponder(options: ResponderOptions): Promise<RunningResponder> {
  const log = options.log ?? pino({ level: "info" }, pino.destination(2));
  const app = createResponder({ ...options, log });
  const { host, port } = options.config;
  const url = await app.listen({ host, port });
  log.info({ url }, "serving");
  return {
    url,
    async close() {
      const deadline = setTimeout(() => {
        app.server.closeAllConnections();
      }, STOP_MILLISECONDS);
      // A connection whose answer was under way when the stop began is idle only afterwards.
      const tidying = setInterval(() => {
        app.server.closeIdleConnections();
      }, TIDY_MILLISECONDS);
      await app.close();
      clearTimeout(deadline);
      clearInterval(tidying);
    },
  };
}

/** Longest time that a request under way may hold up the stop. */
const STOP_MILLISECONDS = 10_000;
const TIDY_MILLISECONDS = 20;
