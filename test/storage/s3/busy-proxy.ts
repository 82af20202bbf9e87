import { createServer, request } from "node:http";
import { onTestFinished } from "vitest";

/** A way to the server that is busy when it is asked too often, as S3 is. */
export interface BusyProxy {
  readonly port: number;
  /** Whether each request was refused, in their order. */
  readonly refused: readonly boolean[];
}

const SLOW_DOWN =
  "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

/** Passes on so many requests of any second to the server at `target`; the others are told to slow down, as S3 words it. */
export async function busyProxy(target: number, perSecond: number): Promise<BusyProxy> {
  const refused: boolean[] = [];
  const passedAt: number[] = [];
  const server = createServer((asked, answer) => {
    const now = performance.now();
    while (now - (passedAt[0] ?? now) > 1_000) passedAt.shift();
    const isBusy = passedAt.length >= perSecond;
    refused.push(isBusy);
    if (isBusy) {
      asked.resume();
      answer.writeHead(503, { "content-type": "application/xml" }).end(SLOW_DOWN);
      return;
    }
    passedAt.push(now);
    const { method, url, headers } = asked;
    const options = { host: "127.0.0.1", port: target, method, path: url, headers };
    const passed = request(options, (response) => {
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
  return { port: (server.address() as { port: number }).port, refused };
}
