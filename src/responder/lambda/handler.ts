import type { FastifyBaseLogger } from "fastify";

import type { ResponderConfig } from "../../schema/index.ts";
import type { ReadableBucket } from "../../storage/index.ts";
import { acceptedKeys } from "../api-keys.ts";
import { ApiProblem } from "../api-problem.ts";
import { createApp } from "../app.ts";
import { withKeyRule } from "../key-rule.ts";
import { createServed } from "../served.ts";
import { type ProxyEvent, type ProxyResult, requestOf, resultOf } from "./proxy-event.ts";
import { refreshWhenDue } from "./refresh-when-due.ts";

/** AWS Lambda hands back 6 MB (6,291,556 bytes of JSON); what an answer takes as a text in JSON is not known before. */
const MOST_BYTES = 5_500_000;

export interface LambdaResponder {
  readonly handler: (event: ProxyEvent) => Promise<ProxyResult>;
  /** Opens what is served before anybody asks. */
  readonly warmUp: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface LambdaOptions {
  readonly bucket: ReadableBucket;
  readonly config: ResponderConfig;
  readonly log: FastifyBaseLogger;
  /** Gives seconds. */
  readonly clock: () => number;
}

/** The same app as the local server's, behind API Gateway (A29). It asks for a key unless the configuration says that none is needed. */
export function createLambdaResponder({
  bucket,
  config: given,
  log,
  clock,
}: LambdaOptions): LambdaResponder {
  const config = withKeyRule(given, "required");
  const served = createServed(bucket);
  const keys = acceptedKeys(bucket, config.apiKeys);
  const app = createApp({ served, keys, config, log });
  const refresh = refreshWhenDue(served, keys, { everySeconds: config.refreshSeconds, clock, log });

  return {
    async handler(event) {
      const started = clock();
      await refresh();
      const response = await app.inject(requestOf(event));
      const bytes = response.rawPayload.length;
      const result = bytes > MOST_BYTES ? tooLarge(bytes) : resultOf(response);
      const { httpMethod: method, path } = event;
      const milliseconds = Math.round((clock() - started) * 1e4) / 10;
      const reqId = response.headers["x-request-id"];
      log.info({ reqId, method, path, statusCode: result.statusCode, milliseconds }, "answered");
      return result;
    },
    async warmUp() {
      await Promise.all([app.ready(), refresh()]);
    },
    async close() {
      await app.close();
      await served.close();
    },
  };
}

function tooLarge(bytes: number): ProxyResult {
  const message =
    `the answer has ${(bytes / 1e6).toFixed(1)} MB, and AWS Lambda can hand back ${MOST_BYTES / 1e6} MB: ` +
    "ask for fewer ids at once, for a smaller k, or without attributes";
  const { status, body } = new ApiProblem("invalid_parameter", message, "id_list");
  return {
    statusCode: status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  };
}
