import type { IncomingMessage, ServerResponse } from "node:http";

import type { ApiError } from "../../../schema/index.ts";

/** The REST API's answer while the responder stack is not deployed. That the process lives is true all the same. */
export function answerNotDeployed({ url }: IncomingMessage, response: ServerResponse): void {
  const [status, answer] =
    url?.split("?", 1)[0] === "/health/live" ? [200, { status: "live" }] : [503, NOT_DEPLOYED];
  const body = JSON.stringify(answer);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
}

const NOT_DEPLOYED: ApiError = {
  error: {
    code: "nothing_served",
    message:
      "the responder is not deployed: open the panel, Serving Recipe, Responder Stack, and choose Deploy Configurations",
  },
};
