import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { folderBucket } from "../../src/storage/index.ts";
import { testBucketBehaviour } from "./bucket-behaviour.ts";
import { temporaryBucket, temporaryFolder } from "./temporary-folder.ts";

const string = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

testBucketBehaviour(temporaryBucket);

test("the disk tells how much room there is", async () => {
  const bucket = await temporaryBucket();
  expect(await bucket.freeBytes!()).toBeGreaterThan(0);
});

test("an open object reads the same bytes with and without waiting", async () => {
  const bucket = await temporaryBucket();
  await bucket.write("a", "0123456789");
  const reader = await bucket.open("a");
  expect(reader.bytes).toBe(10);
  expect(string(await reader.read(3, 4))).toBe("3456");
  expect(string(await reader.read(8, 4))).toBe("89");
  const target = new Uint8Array(9);
  expect(string(target.subarray(0, reader.readSync!(3, 4, target)))).toBe("3456");
  expect(string(target.subarray(0, reader.readSync!(8, 4, target)))).toBe("89");
  await reader.close();
});

test("an open object stays readable when the bucket removes it", async () => {
  const bucket = await temporaryBucket();
  await bucket.write("old/a", "still here");
  const reader = await bucket.open("old/a");
  await bucket.removeAll("old/");
  expect(string(await reader.read(0, 100))).toBe("still here");
  await reader.close();
});

test("of swaps at the same time from several processes, each expected value is replaced once", async () => {
  const folder = await temporaryFolder();
  await folderBucket(folder, "prefix").write("counter", "0");
  const program = new URL("count-up.ts", import.meta.url);
  const exits = [1, 2, 3].map(() => once(fork(program, [folder, "20"]), "exit"));
  expect(await Promise.all(exits)).toEqual([1, 2, 3].map(() => [0, null]));
  expect(string(await folderBucket(folder, "prefix").read("counter"))).toBe("60");
});

test("the lock of a process that died in a swap is broken, once", async () => {
  const folder = await temporaryFolder();
  const bucket = folderBucket(folder, "prefix");
  await bucket.swap("pointer", undefined, "0");
  const dead = fork(new URL("count-up.ts", import.meta.url), [folder, "0"]);
  const pid = dead.pid!;
  await once(dead, "exit");
  // The lock's name is the bucket's own business: find out what it is by holding it.
  const temporary = join(folder, "prefix", ".tmp");
  await mkdir(temporary, { recursive: true });
  const names = new Set<string>();
  const swaps = Promise.all([bucket.swap("pointer", "0", "1"), bucket.swap("pointer", "0", "1")]);
  const collect = async () => {
    for (const name of await readdir(temporary)) names.add(name);
  };
  while ((await Promise.race([swaps, collect()])) === undefined);
  expect((await swaps).filter(Boolean)).toHaveLength(1);
  const lock = [...names].find((name) => name.endsWith(".lock"));
  expect(lock).toBeDefined();
  await writeFile(join(temporary, lock!), `${pid} some-token`);
  const results = await Promise.all([1, 2, 3, 4].map(() => bucket.swap("pointer", "1", "2")));
  expect(results.filter(Boolean)).toHaveLength(1);
  expect(await readdir(temporary)).toEqual([]);
});
