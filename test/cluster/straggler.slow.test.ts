import { afterEach, expect, test } from "vitest";

import { NO_REDIS, RedisServer } from "./redis-server.ts";
import { SmallCluster } from "./small-cluster.ts";

let redis: RedisServer | undefined;
let cluster: SmallCluster | undefined;
afterEach(async () => {
  await cluster?.stop();
  await redis?.stop();
});

test.skipIf(NO_REDIS !== undefined)(
  "a shard whose process hangs while its worker lives is asked of another; the result has it once, and nothing is left hanging",
  async () => {
    redis = await RedisServer.start();
    cluster = new SmallCluster(redis);
    await cluster.start("ann", "bob");
    cluster.hold();
    const { result } = await cluster.run("work", 3);
    await cluster.traced("begin 0");
    const slow = await cluster.workerOf("algo-1");
    const hung = cluster.processOf(0);
    process.kill(hung, "SIGSTOP");
    cluster.letGo();

    const { Usage, ExitMessage } = (await result) as {
      Usage: { Worker: string }[];
      ExitMessage: string;
    };
    expect(ExitMessage).toBe('{"sum":7,"count":3}');
    const other = slow === "ann" ? "bob" : "ann";
    expect(Usage.map(({ Worker }) => Worker)).toEqual([other, other, other]);
    const trace = cluster.trace();
    expect(trace.filter((line) => line === "begin 0")).toHaveLength(2);
    expect(trace.filter((line) => line.startsWith("end")).toSorted()).toEqual([
      "end 0",
      "end 1",
      "end 2",
    ]);
    const asked = cluster.lines.filter(({ text }) => text.includes("another worker is asked too"));
    expect(asked.map(({ host, isError }) => ({ host, isError }))).toEqual([
      { host: "algo-1", isError: false },
    ]);

    await expect.poll(() => isThere(hung)).toBe(false);
    await expect.poll(() => cluster!.running()).toEqual([]);
    await cluster.end(other, "SIGTERM");
    const next = (await (await cluster.run("work", 1)).result) as { Usage: { Worker: string }[] };
    expect(next.Usage).toMatchObject([{ Worker: slow }]);
  },
);

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
