import type {
  FastifyBaseLogger,
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
} from "fastify";
import { ZodError } from "zod";

import { ConfigError, DataError, type PanelProblem } from "../../schema/index.ts";
import { PanelError } from "./context.ts";
import { invalid } from "./parsed.ts";

/** Answers every failure as a `PanelProblem`: refusals, bad requests, unknown paths, our own mistakes. */
export function addErrors(app: FastifyInstance, log: FastifyBaseLogger): void {
  app.setErrorHandler<Error>((error, request, reply) => sendProblem(error, request, reply, log));
  app.setNotFoundHandler((request) => {
    const path = request.url.split("?", 1)[0] ?? "";
    throw new PanelError(404, "not_found", `there is no ${request.method} ${path}`);
  });
}

/** Renders an error that reached the edge. What is not the visitor's fault is logged, not shown. */
export function sendProblem(
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
  log: FastifyBaseLogger,
): FastifyReply {
  const refusal = refusalOf(error);
  if (refusal !== undefined && refusal.status < 500) {
    return reply.code(refusal.status).send(problemOf(refusal));
  }
  log.error({ err: error, reqId: request.id, url: request.url }, "a request to the panel failed");
  if (refusal !== undefined) return reply.code(refusal.status).send(problemOf(refusal));
  const message = `the answer could not be made; the log has the reason under request id ${request.id}`;
  return reply.code(500).send({ error: { code: "internal", message } } satisfies PanelProblem);
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly fields?: PanelError["fields"];
}

function refusalOf(error: Error): Refusal | undefined {
  if (error instanceof PanelError) return error;
  // What a request holds has been checked where it came in: this was read from the bucket.
  if (error instanceof ZodError) {
    const message = `a file in the bucket is not as this version writes it (${invalid(error).message}): execute the collector and the core anew`;
    return { status: 500, code: "unreadable", message };
  }
  if (error instanceof ConfigError) {
    const { message, problems: fields } = error;
    return { status: 400, code: "invalid", message, fields };
  }
  if (error instanceof DataError) return { status: 409, code: "bad_data", message: error.message };
  const { statusCode: status = 500, message } = error as FastifyError;
  if (status < 400 || status >= 500) return undefined;
  return { status, code: CODES[status] ?? "invalid", message };
}

const CODES: Readonly<Record<number, string>> = {
  403: "forbidden",
  404: "not_found",
  405: "not_found",
  413: "too_large",
  415: "wrong_type",
  429: "too_many",
};

function problemOf({ code, message, fields }: Refusal): PanelProblem {
  const places = fields?.map(({ path, problem }) => ({ path, problem }));
  return { error: { code, message, ...(places === undefined ? {} : { fields: places }) } };
}
