import { randomUUID } from "node:crypto";

import { fastify, type FastifyInstance } from "fastify";

import type { AppParts } from "./app-parts.ts";
import { addErrors, sendError } from "./errors.ts";
import { addHealth } from "./health.ts";
import { addRecommendations, type QueryText } from "./routes.ts";

/** The app that every edge has: the routes of recommendations, health and errors. Whoever makes it refreshes `served`. */
export function createApp({ served, keys, config, log }: AppParts): FastifyInstance {
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
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    done();
  });
  addErrors(app, log);
  addHealth(app, served);
  addRecommendations(app, { served, config, keys, log });
  return app;
}

/** The caller's id if it is harmless in a header and a log, else a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === "string" && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
