import { connect, type Socket } from "node:net";

/** What a load run saw. */
export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
}

/**
 * Keeps `connections` requests under way for `seconds`, each connection asking again when answered.
 *
 * Meanwhile this process never sleeps. To wake it, its core perhaps idle, would cost the server tens of
 * microseconds an answer on a virtual machine; and only the slower of two servers, as the faster one
 * keeps this process awake with answers.
 *
 * @throws Error at the first answer that is not 200
 */
export async function load(
  port: number,
  path: (request: number) => string,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<LoadResult> {
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  let request = 0;
  let awake = setImmediate(function stayAwake() {
    awake = setImmediate(stayAwake);
  });

  const runConnection = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket: Socket = connect(port, "127.0.0.1").setNoDelay();
      let askedAt = 0;
      let missing = 0; // bytes of the answer that have not arrived
      const ask = (): void => {
        askedAt = performance.now();
        socket.write(`GET ${path(request++)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
      };
      socket.on("connect", ask).on("error", reject);
      socket.on("data", (chunk) => {
        try {
          missing = missing > 0 ? missing - chunk.length : answerLength(chunk) - chunk.length;
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          socket.destroy();
        }
        if (missing > 0) return;
        const now = performance.now();
        latencies.push(now - askedAt);
        if (now < end) ask();
        else {
          socket.destroy();
          resolve();
        }
      });
    });

  try {
    await Promise.all(Array.from({ length: connections }, runConnection));
  } finally {
    clearImmediate(awake);
  }
  const elapsed = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  const quantile = (share: number): number =>
    latencies[Math.floor(share * latencies.length)] ?? NaN;
  return {
    requests: latencies.length,
    requestsPerSecond: latencies.length / elapsed,
    p50Milliseconds: quantile(0.5),
    p99Milliseconds: quantile(0.99),
  };
}

const LENGTH = "content-length: ";

/** Head and body of an answer whose first bytes these are; the head always comes in one piece. */
function answerLength(chunk: Buffer): number {
  const head = chunk.indexOf("\r\n\r\n");
  const text = chunk.toString("latin1", 0, head);
  if (!text.startsWith("HTTP/1.1 200")) throw new Error(chunk.toString("utf8"));
  return head + 4 + parseInt(text.slice(text.indexOf(LENGTH) + LENGTH.length), 10);
}
