import { expect, onTestFinished, test } from "vitest";

import { NO_REDIS, RedisServer } from "../cluster/redis-server.ts";
import { freePort } from "../storage/s3/s3-server.ts";
import { temporaryFolder } from "../storage/temporary-folder.ts";
import { recsys, start } from "./recsys.ts";

test.each([
  { args: ["worker"], code: 2, says: "say where Redis is, with --redis" },
  { args: ["workers"], code: 2, says: "say where Redis is, with --redis" },
  { args: ["worker", "--redis", "localhost:6379"], code: 1, says: "must be redis://HOST:PORT" },
  { args: ["worker", "--slots", "0"], code: 2, says: 'expected a number from 1 to 64, got "0"' },
  { args: ["worker", "--lease", "x"], code: 2, says: 'expected seconds from 1 to 3600, got "x"' },
])("recsys $args is refused", async ({ args, code, says }) => {
  const cwd = await temporaryFolder();
  const ended = await recsys(args, { cwd });
  expect(ended.stderr).toContain(says);
  expect(ended.code).toBe(code);
});

test("a Redis that does not answer ends a worker at once, with what to do", async () => {
  const cwd = await temporaryFolder();
  const url = `redis://:secret@127.0.0.1:${await freePort()}`;
  const { code, stderr } = await recsys(["worker"], { cwd, env: { REDIS_URL: url } });
  expect(code).toBe(1);
  expect(stderr).toMatch(/Redis at redis:\/\/127\.0\.0\.1:\d+ does not answer .* start it, or/);
  expect(stderr).not.toContain("secret");
});

test.skipIf(NO_REDIS !== undefined)(
  "recsys workers lists a worker until Ctrl-C has ended it, with exit code 0",
  async () => {
    const redis = await RedisServer.start();
    onTestFinished(() => redis.stop());
    const cwd = await temporaryFolder();
    const at = ["--redis", redis.url, "--bucket", "b"];
    const worker = start(["worker", "--name", "ann", "--slots", "3", ...at], { cwd });
    onTestFinished(() => void worker.process.kill("SIGKILL"));
    await worker.says("worker ann: shards of");
    const listed = async () => (await recsys(["workers", ...at, "--json"], { cwd })).stdout;
    await expect
      .poll(async () => JSON.parse(await listed()) as object, { timeout: 30_000 })
      .toMatchObject({ workers: [{ name: "ann", state: "idle", slots: 3, done: 0 }] });
    const table = (await recsys(["workers", ...at], { cwd })).stdout;
    expect(table).toMatch(/^WORKER +STATE .*\nann +idle +– +0\/3 /);
    worker.process.kill("SIGINT");
    expect((await worker.ended).code).toBe(0);
    expect(JSON.parse(await listed())).toEqual({ workers: [] });
    expect((await recsys(["workers", ...at], { cwd })).stdout).toContain("No workers.");
  },
);
