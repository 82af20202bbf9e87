import { pino } from "pino";
import { onTestFinished } from "vitest";

import { createLambdaResponder } from "../../../src/responder/index.ts";
import { ResponderConfig } from "../../../src/schema/index.ts";
import { cachedBucket } from "../../../src/storage/cached-bucket.ts";
import { proxyEvent } from "../../responder/lambda/proxy-event.ts";
import { serveShop } from "../../responder/shop.ts";
import { temporaryBucket } from "../../storage/temporary-folder.ts";
import { answerOf, type Edge, partsOf } from "./edge.ts";

/** Two blocks: that others take their place is usual. */
const CACHE_BYTES = 1 << 16;

/** The function's handler, given the events that API Gateway makes of calls. */
export const lambdaFunction: Edge = {
  name: "Lambda function",
  isGetOnly: false,
  async serve(shop, settings = {}) {
    const bucket = await temporaryBucket();
    await serveShop(bucket, "core-1", shop);
    const responder = createLambdaResponder({
      bucket: cachedBucket(bucket, CACHE_BYTES),
      config: ResponderConfig.parse({ apiKeys: { mode: "off" }, ...settings }),
      log: pino({ level: "silent" }),
      clock: () => performance.now() / 1000,
    });
    onTestFinished(() => responder.close());
    return {
      async call(call) {
        const result = await responder.handler(proxyEvent(partsOf(call)));
        return answerOf(result.statusCode, result.headers, result.body);
      },
    };
  },
};
