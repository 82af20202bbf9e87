import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { pino } from "pino";

import type { ResponderConfig } from "../schema/index.ts";
import type { Bucket } from "../storage/index.ts";
import { type AcceptedKeys, acceptedKeys } from "./api-keys.ts";
import { createApp } from "./app.ts";
import { addDocumentation } from "./documentation.ts";
import { addMetrics } from "./metrics.ts";
import { startPolling } from "./polling.ts";
import { createServed } from "./served.ts";

export interface ResponderOptions {
  readonly bucket: Bucket;
  readonly config: ResponderConfig;
  /** Where structured logs go; nowhere by default. Requests are logged at level debug. */
  readonly log?: FastifyBaseLogger;
  /** Gives Unix seconds. */
  readonly clock?: () => number;
  /** Given where somebody else changes them and wants to refresh them at once; else they are looked at with the pointer. */
  readonly keys?: AcceptedKeys;
}

/**
 * The REST API as a value: it needs no port (`app.inject`), looks for the served execution when it
 * becomes ready and then every `refreshSeconds`, and lets go of its files when closed.
 */
export function createResponder({
  bucket,
  config,
  log = pino({ level: "silent" }),
  clock = () => new Date().getTime() / 1000,
  keys = acceptedKeys(bucket, config.apiKeys),
}: ResponderOptions): FastifyInstance {
  const served = createServed(bucket);
  const app = createApp({ served, keys, config, log });
  if (log.level === "debug" || log.level === "trace") logRequests(app, log);
  const metrics = addMetrics(app, served, clock);
  addDocumentation(app, config);

  let stopPolling: (() => void) | undefined;
  app.addHook("onReady", async () => {
    stopPolling = await startPolling(
      served,
      keys,
      config.refreshSeconds,
      log,
      metrics.refreshFailed,
    );
  });
  app.addHook("onClose", async () => {
    stopPolling?.();
    await served.close();
  });
  return app;
}

function logRequests(app: FastifyInstance, log: FastifyBaseLogger): void {
  app.addHook("onResponse", ({ id, method, url }, { statusCode, elapsedTime }, done) => {
    log.debug({ reqId: id, method, url, statusCode, elapsedTime }, "answered");
    done();
  });
}
