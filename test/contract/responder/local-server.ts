import { onTestFinished } from "vitest";
import { pino } from "pino";

import { serveResponder } from "../../../src/responder/index.ts";
import { ResponderConfig } from "../../../src/schema/index.ts";
import { serveShop } from "../../responder/shop.ts";
import { temporaryBucket } from "../../storage/temporary-folder.ts";
import { answerOf, type Edge, partsOf } from "./edge.ts";

/** The server of `recsys serve`, asked over HTTP. */
export const localServer: Edge = {
  name: "local server",
  isGetOnly: false,
  async serve(shop, settings = {}) {
    const bucket = await temporaryBucket();
    await serveShop(bucket, "core-1", shop);
    const config = ResponderConfig.parse({ ...settings, port: 0 });
    const server = await serveResponder({ bucket, config, log: pino({ level: "silent" }) });
    onTestFinished(() => server.close());
    return {
      async call(call) {
        const { url, method, headers, body } = partsOf(call);
        const init = body === undefined ? { method, headers } : { method, headers, body };
        const response = await fetch(server.url + url, init);
        const given = Object.fromEntries(response.headers);
        return answerOf(response.status, given, await response.text());
      },
    };
  },
};
