import { createHash } from "node:crypto";
import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A way to the server on which uploads break off in the middle, again and again, and come through in the end. */
export interface UploadCuttingProxy {
  readonly port: number;
  /** What was cut, as `PUT /bucket/key?partNumber=2 at 4711 of 9000`, in that order. */
  readonly cuts: readonly string[];
}

/** Of one upload in succession: the client makes eight tries. */
const MOST_CUTS = 3;

/**
 * Passes bytes on between clients and the server at `target`. About every third try of a PUT is cut in the middle of its body: which, and
 * where, follows from `seed`, what is put and the number of the try, whatever else goes on at the time.
 */
export async function uploadCuttingProxy(
  target: number,
  seed: string,
): Promise<UploadCuttingProxy> {
  const cuts: string[] = [];
  const tries = new Map<string, { made: number; cut: number }>();
  /** After how many bytes of its body this try is cut; Infinity where it is let through. */
  const placeOf = (line: string, bytes: number): number => {
    const so = tries.get(line) ?? { made: 0, cut: 0 };
    const digest = createHash("sha256").update(`${seed} ${line} ${so.made}`).digest();
    const isCut = so.cut < MOST_CUTS && bytes > 0 && digest.readUInt8(0) % 3 === 0;
    tries.set(line, { made: so.made + 1, cut: isCut ? so.cut + 1 : 0 });
    return isCut ? digest.readUInt32LE(1) % bytes : Infinity;
  };

  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    }
    const requests = new RequestReader();
    let isCut = false;
    client.on("data", (piece: Buffer) => {
      if (isCut) return;
      const cut = requests.read(piece, placeOf);
      if (cut === undefined) {
        upstream.write(piece);
        return;
      }
      isCut = true;
      cuts.push(cut.what);
      // What comes before is still passed on: the server sees a body that breaks off.
      upstream.write(piece.subarray(0, cut.at), () => {
        client.resetAndDestroy();
        upstream.resetAndDestroy();
      });
    });
    upstream.pipe(client);
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as { port: number }).port, cuts };
}

type PlaceOf = (line: string, bytes: number) => number;

/** Follows the requests of one connection, one after the other, each with a `content-length` or without a body. */
class RequestReader {
  #head = Buffer.alloc(0);
  #line = "";
  #bytes = 0;
  /** Bytes of the body that are still to come. */
  #left = 0;
  #cutAt = Infinity;

  /** @returns where in the piece the connection is to be cut, and what that cuts; `undefined` if it is not */
  read(
    piece: Buffer,
    placeOf: PlaceOf,
  ): { readonly at: number; readonly what: string } | undefined {
    let at = 0;
    while (at < piece.length) {
      if (this.#left === 0) at += this.#readHead(piece.subarray(at), placeOf);
      const count = Math.min(this.#left, piece.length - at);
      const done = this.#bytes - this.#left;
      if (this.#cutAt <= done + count && this.#cutAt < this.#bytes) {
        const what = `${this.#line} at ${this.#cutAt} of ${this.#bytes}`;
        return { at: at + this.#cutAt - done, what };
      }
      this.#left -= count;
      at += count;
    }
    return undefined;
  }

  /** @returns how many bytes of the piece belong to the head */
  #readHead(piece: Buffer, placeOf: PlaceOf): number {
    const before = this.#head.length;
    this.#head = Buffer.concat([this.#head, piece]);
    const end = this.#head.indexOf("\r\n\r\n");
    if (end === -1) return piece.length;
    const head = this.#head.toString("latin1", 0, end);
    this.#head = Buffer.alloc(0);
    const [method, url = ""] = head.split(" ", 2);
    this.#line = `${method} ${url.replace(/[?&](x-id|uploadId)=[^&]*/g, "").replace("&", "?")}`;
    this.#bytes = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    this.#left = this.#bytes;
    this.#cutAt = method === "PUT" ? placeOf(this.#line, this.#bytes) : Infinity;
    return end + 4 - before;
  }
}
