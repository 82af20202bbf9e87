import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A server before another one. */
export interface Proxy {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Passes every request on to `target`, bodies of forms changed by `rewrite`, and the answers back.
 *
 * @param target - where to
 * @param rewrite - changes a form, a call of the query protocol, in place
 * @param note - is told of each action of the JSON protocol (`CreateLogGroup`) before it is passed on; of forms `rewrite` is
 */
export async function startRewritingProxy(
  target: string,
  rewrite: (form: URLSearchParams) => void,
  note: (action: string) => void = () => undefined,
): Promise<Proxy> {
  const server = createServer((request, response) => {
    void (async () => {
      const headers = Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.has(name));
      const type = request.headers["content-type"];
      const body = await bodyOf(request);
      const isForm = type?.startsWith("application/x-www-form-urlencoded");
      const action = request.headers["x-amz-target"];
      if (typeof action === "string") note(action.split(".").at(-1)!);
      const answer = await fetch(target + (request.url ?? "/"), {
        method: request.method ?? "GET",
        headers: Object.fromEntries(headers) as Record<string, string>,
        redirect: "manual",
        ...(body.length === 0 ? {} : { body: isForm === true ? rewritten(body, rewrite) : body }),
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      const back = Object.fromEntries(
        [...answer.headers].filter(([name]) => !HOP_BY_HOP.has(name)),
      );
      // A HEAD's answer tells the length of what it does not send.
      const length =
        request.method === "HEAD" ? answer.headers.get("content-length") : String(bytes.length);
      response.writeHead(answer.status, {
        ...back,
        ...(length === null ? {} : { "content-length": length }),
      });
      response.end(bytes);
    })().catch((error: unknown) => {
      response.destroy(error as Error);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const HOP_BY_HOP = new Set([
  "transfer-encoding",
  "connection",
  "content-encoding",
  "content-length",
  "host",
  "expect", // answered here
]);

function rewritten(body: Buffer, rewrite: (form: URLSearchParams) => void): string {
  const form = new URLSearchParams(body.toString("utf8"));
  rewrite(form);
  return form.toString();
}

async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
