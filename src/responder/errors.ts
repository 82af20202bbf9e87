import type {
  FastifyBaseLogger,
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
} from "fastify";

import { ApiProblem } from "./api-problem.ts";

/** Answers every failure as JSON: unknown paths, wrong methods, bad requests, our own mistakes. */
export function addErrors(app: FastifyInstance, log: FastifyBaseLogger): void {
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    sendError(error, request, reply, log),
  );
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const allowed = METHODS.filter((method) => app.hasRoute({ url: path, method }));
    if (allowed.length === 0) {
      const problem = new ApiProblem("not_found", `there is no ${path}; /docs lists what there is`);
      return sendError(problem, request, reply, log);
    }
    const problem = new ApiProblem(
      "method_not_allowed",
      `${path} answers ${allowed.join(", ")}, got ${request.method}`,
    );
    return sendError(problem, request, reply.header("allow", allowed.join(", ")), log);
  });
}

/** Renders an error that reached the edge. What is not the client's fault is logged, not shown. */
export function sendError(
  error: Error & { readonly statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
  log: FastifyBaseLogger,
): FastifyReply {
  if (error instanceof ApiProblem) return reply.code(error.status).send(error.body);
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    return reply.code(status).send(new ApiProblem("invalid_request", error.message).body);
  }
  log.error({ err: error, reqId: request.id }, "a request failed");
  const message = `the answer could not be made; the log has the reason under request id ${request.id}`;
  return reply.code(500).send(new ApiProblem("internal_error", message).body);
}

const METHODS = ["GET", "HEAD", "POST"];
