import { text } from "node:stream/consumers";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { type Bucket, ObjectNotFoundError } from "../../src/storage/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const string = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

/** What every bucket does, wherever it is. `emptyBucket` makes one for each test. */
export function testBucketBehaviour(emptyBucket: () => Promise<Bucket>): void {
  test("what is written is read back, whole, in part and as a stream", async () => {
    const bucket = await emptyBucket();
    await bucket.write("a/b.txt", "Grüße, world");
    expect(string(await bucket.read("a/b.txt"))).toBe("Grüße, world");
    expect(string(await bucket.readRange("a/b.txt", 9, 5))).toBe("world");
    expect(string(await bucket.readRange("a/b.txt", 9, 500))).toBe("world");
    expect(string(await bucket.readRange("a/b.txt", 900, 5))).toBe("");
    expect(await text(await bucket.stream("a/b.txt"))).toBe("Grüße, world");
    expect(await bucket.head("a/b.txt")).toEqual({ path: "a/b.txt", bytes: 14 });
  });

  test("an open object is read in pieces, into memory of one's own too", async () => {
    const bucket = await emptyBucket();
    await bucket.write("a", "0123456789");
    const reader = await bucket.open("a");
    expect(reader.bytes).toBe(10);
    expect(string(await reader.read(3, 4))).toBe("3456");
    expect(string(await reader.read(8, 4))).toBe("89");
    const target = new Uint8Array(3);
    expect(string(await reader.read(1, 100, target))).toBe("123");
    expect(string(target)).toBe("123");
    await reader.close();
  });

  test("an object without bytes is there", async () => {
    const bucket = await emptyBucket();
    await (await bucket.create("empty")).close();
    expect(await bucket.head("empty")).toEqual({ path: "empty", bytes: 0 });
    expect(await bucket.read("empty")).toHaveLength(0);
    expect(await text(await bucket.stream("empty"))).toBe("");
    const reader = await bucket.open("empty");
    expect(await reader.read(0, 10)).toHaveLength(0);
    await reader.close();
  });

  test("an object is removed by itself, not what begins with its name", async () => {
    const bucket = await emptyBucket();
    await bucket.write("raw/a.csv", "plain");
    await bucket.write("raw/a.csv.gz", "packed");
    await bucket.remove("raw/a.csv");
    await bucket.remove("raw/none.csv");
    expect((await bucket.list("")).map(({ path }) => path)).toEqual(["raw/a.csv.gz"]);
  });

  test("a missing object is told by name, wherever it is asked for", async () => {
    const bucket = await emptyBucket();
    const scratch = await temporaryFolder();
    for (const ask of [
      () => bucket.read("no"),
      () => bucket.open("no"),
      () => bucket.stream("no/no"),
      () => bucket.readRange("no", 0, 1),
      () => bucket.toLocalFile("no", scratch),
    ]) {
      await expect(ask()).rejects.toThrow(ObjectNotFoundError);
    }
    expect(await bucket.head("no")).toBeUndefined();
    expect(await bucket.list("no")).toEqual([]);
    expect(await bucket.folders("no/")).toEqual([]);
  });

  test("an object appears when it is closed, and never when it is given up", async () => {
    const bucket = await emptyBucket();
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

  test("a large object is written piece by piece from one buffer that is used again", async () => {
    const bucket = await emptyBucket();
    const writer = await bucket.create("large");
    const piece = new Uint8Array(1 << 20);
    for (let number = 0; number < 20; number++) {
      await writer.write(piece.fill(number));
    }
    await writer.close();
    const bytes = await bucket.read("large");
    expect(bytes).toHaveLength(20 << 20);
    expect(Array.from({ length: 20 }, (_, i) => bytes[(i << 20) + 5])).toEqual([
      ...Array(20).keys(),
    ]);
  });

  test("a path that leaves the bucket is refused", async () => {
    const bucket = await emptyBucket();
    await expect(bucket.read("../secret")).rejects.toThrow('path "../secret" leaves the bucket');
    await expect(bucket.write("a/../../secret", "")).rejects.toThrow("leaves the bucket");
    await expect(bucket.create("/etc/passwd")).rejects.toThrow("leaves the bucket");
  });

  test("objects are listed in path order by the start of their path, and the folders below one", async () => {
    const bucket = await emptyBucket();
    for (const path of ["model/b", "model/a/x", "models", "model/poetry.lock", "other/a"]) {
      await bucket.write(path, "1");
    }
    const paths = async (prefix: string) => (await bucket.list(prefix)).map(({ path }) => path);
    expect(await paths("model/")).toEqual(["model/a/x", "model/b", "model/poetry.lock"]);
    expect(await paths("mod")).toEqual(["model/a/x", "model/b", "model/poetry.lock", "models"]);
    expect(await bucket.folders("model/")).toEqual(["a"]);
    await bucket.removeAll("model/");
    expect(await paths("")).toEqual(["models", "other/a"]);
  });

  test("an upload is a copy of the file, and a local file is a copy of the object or itself", async () => {
    const folder = await temporaryFolder();
    const bucket = await emptyBucket();
    await writeFile(join(folder, "file.txt"), "before");
    await bucket.upload("copy.txt", join(folder, "file.txt"));
    await writeFile(join(folder, "file.txt"), "after!");
    expect(string(await bucket.read("copy.txt"))).toBe("before");
    const local = await bucket.toLocalFile("copy.txt", join(folder, "scratch"));
    expect(await readFile(local, "utf8")).toBe("before");
    expect(local).toMatch(/\.txt$/);
  });

  test("a swap replaces only what is expected", async () => {
    const bucket = await emptyBucket();
    expect(await bucket.swap("pointer", "something", "1")).toBe(false);
    expect(await bucket.swap("pointer", undefined, "1")).toBe(true);
    expect(await bucket.swap("pointer", undefined, "2")).toBe(false);
    expect(await bucket.swap("pointer", "1", "2")).toBe(true);
    expect(string(await bucket.read("pointer"))).toBe("2");
    expect(await bucket.list("")).toEqual([{ path: "pointer", bytes: 1 }]);
  });

  test("of swaps at the same time one comes through, and it is the one that says so", async () => {
    const bucket = await emptyBucket();
    let before: string | undefined;
    for (const turn of ["first", "second", "third"]) {
      const texts = Array.from({ length: 8 }, (_, i) => `${turn} ${i}`);
      const done = await Promise.all(texts.map((next) => bucket.swap("pointer", before, next)));
      const winners = texts.filter((_, i) => done[i]);
      expect(winners).toHaveLength(1);
      expect(string(await bucket.read("pointer"))).toBe(winners[0]);
      [before] = winners;
    }
  });
}
