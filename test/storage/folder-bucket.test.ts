import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { expect, test } from "vitest";

import { folderBucket, ObjectNotFoundError } from "../../src/storage/index.ts";
import { temporaryBucket, temporaryFolder } from "./temporary-folder.ts";

const string = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

test("what is written is read back, whole, in part and as a stream", async () => {
  const bucket = await temporaryBucket();
  await bucket.write("a/b.txt", "Grüße, world");
  expect(string(await bucket.read("a/b.txt"))).toBe("Grüße, world");
  expect(string(await bucket.readRange("a/b.txt", 9, 5))).toBe("world");
  expect(string(await bucket.readRange("a/b.txt", 9, 500))).toBe("world");
  expect(string(await bucket.readRange("a/b.txt", 900, 5))).toBe("");
  expect(await text(await bucket.stream("a/b.txt"))).toBe("Grüße, world");
  expect(await bucket.head("a/b.txt")).toEqual({ path: "a/b.txt", bytes: 14 });
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

test("an object is removed by itself, not what begins with its name; there is room to be told of", async () => {
  const bucket = await temporaryBucket();
  await bucket.write("raw/a.csv", "plain");
  await bucket.write("raw/a.csv.gz", "packed");
  await bucket.remove("raw/a.csv");
  await bucket.remove("raw/none.csv");
  expect((await bucket.list("")).map(({ path }) => path)).toEqual(["raw/a.csv.gz"]);
  expect(await bucket.freeBytes!()).toBeGreaterThan(0);
});

test("a missing object is told by name, wherever it is asked for", async () => {
  const bucket = await temporaryBucket();
  for (const ask of [
    () => bucket.read("no"),
    () => bucket.open("no"),
    () => bucket.stream("no/no"),
    () => bucket.readRange("no", 0, 1),
    () => bucket.toLocalFile("no", "/nowhere"),
  ]) {
    await expect(ask()).rejects.toThrow(ObjectNotFoundError);
  }
  expect(await bucket.head("no")).toBeUndefined();
  expect(await bucket.list("no")).toEqual([]);
});

test("an object appears when it is closed, and never when it is given up", async () => {
  const bucket = await temporaryBucket();
  const kept = await bucket.create("kept");
  const dropped = await bucket.create("dropped");
  await kept.write("in ");
  await kept.write(Buffer.from("pieces"));
  await dropped.write("nothing");
  expect(await bucket.list("")).toEqual([]);
  await kept.close();
  await dropped.abort();
  expect(await bucket.list("")).toEqual([{ path: "kept", bytes: 9 }]);
  expect(string(await bucket.read("kept"))).toBe("in pieces");
});

test("a path that leaves the bucket is refused", async () => {
  const bucket = await temporaryBucket();
  await expect(bucket.read("../secret")).rejects.toThrow('path "../secret" leaves the bucket');
  await expect(bucket.write("a/../../secret", "")).rejects.toThrow("leaves the bucket");
  await expect(bucket.create("/etc/passwd")).rejects.toThrow("leaves the bucket");
});

test("objects are listed in path order by the start of their path, whatever they are called", async () => {
  const bucket = await temporaryBucket();
  for (const path of ["model/b", "model/a/x", "models", "model/poetry.lock", "other/a"]) {
    await bucket.write(path, "1");
  }
  const paths = async (prefix: string) => (await bucket.list(prefix)).map(({ path }) => path);
  expect(await paths("model/")).toEqual(["model/a/x", "model/b", "model/poetry.lock"]);
  expect(await paths("mod")).toEqual(["model/a/x", "model/b", "model/poetry.lock", "models"]);
  await bucket.removeAll("model/");
  expect(await paths("")).toEqual(["models", "other/a"]);
});

test("an upload is a copy: later changes of the file do not reach the bucket", async () => {
  const folder = await temporaryFolder();
  const bucket = folderBucket(join(folder, "bucket"), "prefix");
  await writeFile(join(folder, "file"), "before");
  await bucket.upload("copy", join(folder, "file"));
  await writeFile(join(folder, "file"), "after!");
  expect(string(await bucket.read("copy"))).toBe("before");
});

test("a swap replaces only what is expected", async () => {
  const bucket = await temporaryBucket();
  expect(await bucket.swap("pointer", "something", "1")).toBe(false);
  expect(await bucket.swap("pointer", undefined, "1")).toBe(true);
  expect(await bucket.swap("pointer", undefined, "2")).toBe(false);
  expect(await bucket.swap("pointer", "1", "2")).toBe(true);
  expect(string(await bucket.read("pointer"))).toBe("2");
  expect(await bucket.list("")).toEqual([{ path: "pointer", bytes: 1 }]);
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
