import { once } from "node:events";
import { createServer, type RequestListener, type Server, STATUS_CODES } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

import type { Certificate } from "./certificate.ts";

/** A server that listens. */
export interface Listening {
  /** Where it answers, with the port it was given. */
  readonly url: string;
  /** Stops taking connections; those under way end first, within a limit. */
  readonly close: () => Promise<void>;
}

/** Listens on a host and port, with TLS if there is a certificate. */
export async function listen(
  handle: RequestListener,
  at: {
    readonly host: string;
    readonly port: number;
    readonly certificate: Certificate | undefined;
  },
): Promise<Listening> {
  const { host, port, certificate } = at;
  const options = {
    // An upload takes as long as it takes; the site limits the bodies of all other requests itself.
    requestTimeout: 0,
    headersTimeout: 30_000,
    keepAliveTimeout: 72_000, // as Fastify's own
  };
  const server =
    certificate === undefined
      ? createServer(options, handle)
      : createSecureServer({ ...options, ...certificate, minVersion: "TLSv1.2" }, handle);
  server.on("clientError", refuse);
  server.listen(port, host);
  await once(server, "listening");
  const scheme = certificate === undefined ? "http" : "https";
  return { url: urlOf(scheme, host, server.address() as AddressInfo), close: () => close(server) };
}

function urlOf(scheme: string, host: string, { address, port }: AddressInfo): string {
  const isAny = address === "0.0.0.0" || address === "::";
  const shown = isAny ? "127.0.0.1" : host === "localhost" ? host : address;
  return `${scheme}://${shown.includes(":") ? `[${shown}]` : shown}:${port}`;
}

/** What is no HTTP gets an answer all the same, if it can still be sent. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS[error.code ?? ""] ?? 400;
  const body = JSON.stringify({
    error: { code: "invalid_request", message: STATUS_CODES[status]?.toLowerCase() },
  });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const STATUS: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  const deadline = setTimeout(() => {
    server.closeAllConnections();
  }, STOP_MILLISECONDS);
  // A connection whose answer was under way when the stop began is idle only afterwards.
  const tidying = setInterval(() => {
    server.closeIdleConnections();
  }, TIDY_MILLISECONDS);
  await closed;
  clearTimeout(deadline);
  clearInterval(tidying);
}

/** Longest time that a request under way may hold up the stop. */
const STOP_MILLISECONDS = 10_000;
const TIDY_MILLISECONDS = 20;
