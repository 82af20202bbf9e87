/* The two servers that `responder-throughput.ts` compares; each runs in a process of its own. */
import { fastify } from "fastify";

import { serveResponder } from "../src/responder/index.ts";
import { ResponderConfig } from "../src/schema/index.ts";
import { folderBucket } from "../src/storage/index.ts";

const [kind, argument = ""] = process.argv.slice(2);
const url = kind === "constant" ? await serveConstant(argument) : await serveFolder(argument);
process.send?.(new URL(url).port);
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});

async function serveConstant(text: string): Promise<string> {
  const body = Buffer.from(text);
  const app = fastify();
  app.get("/recommend/item-to-user", (_request, reply) =>
    reply.type("application/json; charset=utf-8").send(body),
  );
  return app.listen({ host: "127.0.0.1", port: 0 });
}

async function serveFolder(folder: string): Promise<string> {
  const bucket = folderBucket(folder, "prefix");
  const { url } = await serveResponder({ bucket, config: ResponderConfig.parse({ port: 0 }) });
  return url;
}
