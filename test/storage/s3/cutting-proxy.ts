import { createServer, connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A way to the server that cuts connections in the middle. */
export interface CuttingProxy {
  readonly port: number;
  /** How many connections have been cut. */
  readonly cuts: () => number;
  /** Cut the next connections: each when so many more bytes have gone through it, up or down; one with Infinity is spared for good. */
  cutAfter(bytes: readonly number[]): void;
  /** Cut the connection of a request by this method when its answer comes; `skip` of them are answered before. */
  loseAnswerTo(method: "PUT" | "POST", skip?: number): void;
}

/** Passes bytes on between clients and the server at `target`. */
export async function cuttingProxy(target: number): Promise<CuttingProxy> {
  let plan: number[] = [];
  let cuts = 0;
  let toLose: { readonly method: string; skip: number } | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
    }
    let passed = 0;
    let isCut = false;
    let isSpared = false;
    let method: string | undefined;
    const pass = (to: Socket) => (piece: Buffer) => {
      if (isCut) return;
      if (!isSpared && plan[0] === Infinity) {
        plan.shift();
        isSpared = true;
      }
      const limit = isSpared ? undefined : plan[0];
      passed += piece.length;
      if (limit === undefined || passed <= limit) {
        to.write(piece);
        return;
      }
      plan.shift();
      isCut = true;
      cuts++;
      // What has come so far is still passed on: the other side sees a message that breaks off.
      to.write(piece.subarray(0, Math.floor(Math.min(limit, piece.length) / 2)), () => {
        client.resetAndDestroy();
        upstream.resetAndDestroy();
      });
    };
    client.on("data", (piece: Buffer) => {
      method = /^(GET|HEAD|PUT|POST|DELETE) /.exec(piece.toString("latin1", 0, 8))?.[1] ?? method;
      pass(upstream)(piece);
    });
    upstream.on("data", (piece: Buffer) => {
      // "100 Continue" only asks for the body.
      const isAnswer = !piece.toString("latin1", 0, 12).endsWith(" 100");
      if (isAnswer && method !== undefined && method === toLose?.method && toLose.skip-- === 0) {
        toLose = undefined;
        plan = [0];
      }
      if (isAnswer) method = undefined;
      pass(client)(piece);
    });
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as { port: number }).port,
    cuts: () => cuts,
    cutAfter(bytes) {
      plan = [...bytes];
    },
    loseAnswerTo(method, skip = 0) {
      toLose = { method, skip };
    },
  };
}
