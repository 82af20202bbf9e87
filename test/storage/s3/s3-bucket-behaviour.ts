import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

import { testBucketBehaviour } from "../bucket-behaviour.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { cuttingProxy } from "./cutting-proxy.ts";
import { emptyS3Bucket, type S3Server } from "./s3-server.ts";

/** What a bucket in S3 does, on any server: what every bucket does, and what becomes of it on bad connections. */
export function testS3Bucket(server: () => S3Server): void {
  testBucketBehaviour(() => emptyS3Bucket(server()));

  test("more objects than a page of the server's list has are listed and removed", async () => {
    const bucket = await emptyS3Bucket(server());
    const paths = Array.from({ length: 1005 }, (_, i) => `many/${String(i).padStart(4, "0")}`);
    for (let first = 0; first < paths.length; first += 50) {
      await Promise.all(paths.slice(first, first + 50).map((path) => bucket.write(path, "x")));
    }
    await bucket.write("other", "x");
    expect((await bucket.list("many/")).map(({ path }) => path)).toEqual(paths);
    await bucket.removeAll("many/");
    expect(await bucket.list("")).toEqual([{ path: "other", bytes: 1 }]);
  });

  test("an open object that is replaced is not read as a mixture of two", async () => {
    const bucket = await emptyS3Bucket(server());
    await bucket.write("a", "old old old");
    const reader = await bucket.open("a");
    await bucket.write("a", "new new new");
    await expect(reader.read(0, 3)).rejects.toThrow();
  });

  test("uploads in parts are whole although connections are cut in the middle of them", async () => {
    const proxy = await cuttingProxy(server().port);
    const bucket = await emptyS3Bucket(server(), proxy.port);
    await bucket.write("first", ""); // before it the server is asked, and what is cut below is not that
    const bytes = someBytes(40 << 20);
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), bytes);

    proxy.cutAfter([100_000, 5 << 20, 300, 7 << 20]);
    await bucket.upload("uploaded", join(folder, "file"));
    expect(proxy.cuts()).toBe(4);

    proxy.cutAfter([200_000, 3 << 20, 6 << 20]);
    const writer = await bucket.create("written");
    for (let at = 0; at < bytes.length; at += 1_000_000) {
      await writer.write(bytes.subarray(at, at + 1_000_000));
    }
    await writer.close();
    expect(proxy.cuts()).toBe(7);

    for (const path of ["uploaded", "written"]) {
      expect(sha256(await bucket.read(path))).toBe(sha256(bytes));
    }
  });

  test("what is read is whole although connections are cut in the middle of answers", async () => {
    const proxy = await cuttingProxy(server().port);
    const bucket = await emptyS3Bucket(server(), proxy.port);
    const bytes = someBytes(12 << 20);
    await bucket.write("object", bytes);

    const cuts = [1 << 20, 50_000, 4 << 20];
    const readers: readonly (() => Promise<Uint8Array>)[] = [
      () => bucket.read("object"),
      async () => Buffer.concat(await (await bucket.stream("object")).toArray()),
      async () => (await bucket.open("object")).read(0, bytes.length),
    ];
    for (const [turn, read] of readers.entries()) {
      proxy.cutAfter(cuts);
      expect(sha256(await read())).toBe(sha256(bytes));
      expect(proxy.cuts()).toBe((turn + 1) * cuts.length);
    }
  });

  test("a swap whose answer was lost on its way is known to have been made", async () => {
    const proxy = await cuttingProxy(server().port);
    const bucket = await emptyS3Bucket(server(), proxy.port);
    await bucket.write("pointer", "1");
    proxy.loseAnswerTo("PUT");
    expect(await bucket.swap("pointer", "1", "2")).toBe(true);
    expect(proxy.cuts()).toBe(1);
    expect(Buffer.from(await bucket.read("pointer")).toString()).toBe("2");
  });

  test("an upload whose last answer was lost on its way is whole", async () => {
    const proxy = await cuttingProxy(server().port);
    const bucket = await emptyS3Bucket(server(), proxy.port);
    await bucket.write("first", ""); // before it the server is asked, and what is cut below is not that
    proxy.loseAnswerTo("PUT");
    await bucket.write("small", "bytes");
    expect(proxy.cuts()).toBe(1);
    expect(Buffer.from(await bucket.read("small")).toString()).toBe("bytes");

    proxy.loseAnswerTo("POST", 1); // the first begins an upload in parts, the second completes it
    const bytes = someBytes(20 << 20);
    const writer = await bucket.create("large");
    await writer.write(bytes);
    await writer.close();
    expect(proxy.cuts()).toBe(2);
    expect(sha256(await bucket.read("large"))).toBe(sha256(bytes));
  });
}

/** Bytes without a pattern that a mixed-up part could hide in. */
function someBytes(count: number): Uint8Array {
  const bytes = new Uint32Array(count / 4);
  let state = 1;
  for (let i = 0; i < bytes.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state;
  }
  return new Uint8Array(bytes.buffer);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
