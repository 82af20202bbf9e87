import { Redis } from "ioredis";

import { ClusterError } from "./cluster-error.ts";

/** A connection that has heard nothing for so long, with a command under way, is dead: a cut cable says nothing. */
const SOCKET_TIMEOUT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Connects to a Redis or Valkey server. Once it has answered, a broken connection is made anew as long as it takes, and
 * commands wait for that.
 *
 * @throws ClusterError if the URL is wrong, or the server does not answer or lets nobody in
 */
export async function connect(url: string): Promise<Redis> {
  checkUrl(url);
  const probe = new Redis(url, { ...common, lazyConnect: true, retryStrategy: () => null });
  const heard: Error[] = [];
  probe.on("error", (error: Error) => heard.push(error));
  try {
    await probe.connect();
    await probe.ping();
  } catch (error) {
    throw new ClusterError(unreachable(url, heard[0] ?? error), { cause: error });
  } finally {
    probe.disconnect();
  }
  const redis = new Redis(url, {
    ...common,
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => Math.min(tries * 100, 2_000),
  });
  // A listener must be there; what is missed while the server is away is made up for.
  redis.on("error", () => undefined);
  return redis;
}

const common = {
  connectTimeout: CONNECT_TIMEOUT_MS,
  socketTimeout: SOCKET_TIMEOUT_MS,
  keepAlive: 5_000,
};

function checkUrl(url: string): void {
  const parsed = URL.parse(url);
  if (parsed !== null && ["redis:", "rediss:"].includes(parsed.protocol) && parsed.hostname !== "")
    return;
  throw new ClusterError(
    `the address of Redis must be redis://HOST:PORT, or rediss://… with TLS, got "${withoutPassword(url)}"`,
  );
}

function unreachable(url: string, error: unknown): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const words = /NOAUTH|WRONGPASS|ERR AUTH/.test(message)
    ? "wants another user or password; write them as redis://USER:PASSWORD@HOST:PORT"
    : `does not answer (${message}); start it, or give its address with --redis or REDIS_URL`;
  return `Redis at ${withoutPassword(url)} ${words}`;
}

/** An address as it may stand in logs and messages. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, "//");
}
