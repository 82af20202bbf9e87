import { randomUUID } from "node:crypto";

import { fastify, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { pino } from "pino";

import type { ResponderConfig } from "../schema/index.ts";
import type { Bucket } from "../storage/index.ts";
import { type AcceptedKeys, acceptedKeys } from "./api-keys.ts";
import { addDocumentation } from "./documentation.ts";
import { addErrors, sendError } from "./errors.ts";
import { addHealth } from "./health.ts";
import { addMetrics } from "./metrics.ts";
import { startPolling } from "./polling.ts";
import { addRecommendations, type QueryText } from "./routes.ts";
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
  const app = fastify({
    requestIdHeader: false,
    // Fastify gets no logger: one for each request would cost more than its answer.
    genReqId: (request) => requestId(request.headers["x-request-id"]),
    bodyLimit: 1 << 16,
    routerOptions: { querystringParser: (text): QueryText & Record<string, string> => ({ text }) },
    requestTimeout: 30_000,
    // While it stops, requests on open connections are still answered; Fastify closes them after.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, log),
  });
  const served = createServed(bucket);
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    done();
  });
  if (log.level === "debug" || log.level === "trace") logRequests(app, log);
  addErrors(app, log);
  const metrics = addMetrics(app, served, clock);
  addHealth(app, served);
  addDocumentation(app, config);
  addRecommendations(app, served, config, keys);

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

/** The caller's id if it is harmless in a header and a log, else a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === "string" && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
