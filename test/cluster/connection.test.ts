import { describe, expect, test } from "vitest";

import { ClusterError, openCluster } from "../../src/cluster/index.ts";
import { freePort } from "../storage/s3/s3-server.ts";
import { NO_REDIS, RedisServer } from "./redis-server.ts";

const open = (redis: string) => openCluster({ redis, bucket: "/b", prefix: "p" });

test.each(["127.0.0.1:6379", "http://127.0.0.1:6379", "redis:", "redis://"])(
  "the address %s is refused",
  async (address) => {
    await expect(open(address)).rejects.toThrow(
      `the address of Redis must be redis://HOST:PORT, or rediss://… with TLS, got "${address}"`,
    );
  },
);

test("a server that is not there is told, without the password", async () => {
  const port = await freePort();
  const refused = open(`redis://:secret@127.0.0.1:${port}`);
  await expect(refused).rejects.toBeInstanceOf(ClusterError);
  await expect(refused).rejects.toThrow(
    `Redis at redis://127.0.0.1:${port} does not answer (connect ECONNREFUSED 127.0.0.1:${port}); start it`,
  );
});

describe.skipIf(NO_REDIS !== undefined)("with a password", () => {
  test.each(["", ":wrong@"])('"%s" is not let in', async (credentials) => {
    const redis = await RedisServer.start({ password: "right" });
    try {
      const address = redis.url.replace("//", `//${credentials}`);
      await expect(open(address)).rejects.toThrow("wants another user or password");
    } finally {
      await redis.stop();
    }
  });
});
