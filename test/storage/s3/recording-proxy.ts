import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { onTestFinished } from "vitest";

/** A way to the server that writes down what was asked and what became of it. */
export interface RecordingProxy {
  readonly port: number;
  /** Since the last time it was asked: `GET /bucket/key 200`, in the order of the answers. */
  take(): readonly string[];
}

/** Passes requests on to the server at `target`, which sees the headers that `heard` makes of them. */
export async function recordingProxy(
  target: number,
  heard = (headers: IncomingHttpHeaders): IncomingHttpHeaders => headers,
): Promise<RecordingProxy> {
  let records: string[] = [];
  const server = createServer((asked, answer) => {
    const { method, url = "", headers } = asked;
    const options = { host: "127.0.0.1", port: target, method, path: url, headers: heard(headers) };
    const passed = request(options, (response) => {
      records.push(`${method} ${url.split("?")[0]} ${response.statusCode}`);
      answer.writeHead(response.statusCode!, response.headers);
      response.pipe(answer);
    });
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    port: (server.address() as { port: number }).port,
    take() {
      const taken = records;
      records = [];
      return taken;
    },
  };
}
