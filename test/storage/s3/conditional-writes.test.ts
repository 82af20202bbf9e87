import type { IncomingHttpHeaders } from "node:http";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { conditionalWrites } from "../../../src/storage/s3/conditional-writes.ts";
import { s3Client } from "../../../src/storage/s3/s3-client.ts";
import { recordingProxy } from "./recording-proxy.ts";
import {
  createS3Bucket,
  emptyS3Bucket,
  NO_S3_SERVER,
  openS3Bucket,
  type S3Server,
  startS3Server,
} from "./s3-server.ts";

if (NO_S3_SERVER !== undefined) console.log(`skipped: ${NO_S3_SERVER}`);

describe.skipIf(NO_S3_SERVER !== undefined)("Q2 a server and conditional writes", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.stop());

  const deaf = (name: string) => (headers: IncomingHttpHeaders) =>
    Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name));

  test.each([
    ["if-none-match", "it replaced an object that was not to be there, If-None-Match: *"],
    ["if-match", "it replaced another version than the one that was named, If-Match"],
  ])("one that does not hear %s is refused before anything is written", async (header, what) => {
    const proxy = await recordingProxy(server.port, deaf(header));
    const bucket = await emptyS3Bucket(server, proxy.port);
    const refused =
      `the S3 server at 127.0.0.1:${proxy.port} does not honour conditional writes (${what}), ` +
      `so that pointers cannot be moved safely in ${bucket.url}; use a newer version of it, another server, or a folder`;
    await expect(bucket.swap("pointer", undefined, "1")).rejects.toThrow(refused);
    await expect(bucket.write("object", "bytes")).rejects.toThrow(refused);
    await expect(bucket.create("object")).rejects.toThrow(refused);
    await expect(bucket.upload("object", "/dev/null")).rejects.toThrow(refused);
    expect(await bucket.list("")).toEqual([]);
  });

  test("one that takes a version only without its quotes, as Ceph 16 does, gets it so", async () => {
    const proxy = await recordingProxy(server.port, ({ "if-match": version, ...others }) => {
      if (version === undefined) return others;
      return { ...others, "if-match": version.startsWith('"') ? '"unknown"' : `"${version}"` };
    });
    const bucket = await emptyS3Bucket(server, proxy.port);
    expect(await bucket.swap("pointer", undefined, "1")).toBe(true);
    expect(await bucket.swap("pointer", "1", "2")).toBe(true);
    expect(await bucket.swap("pointer", "1", "3")).toBe(false);
  });

  test("is asked at the first write, once in a process", async () => {
    const proxy = await recordingProxy(server.port);
    const bucket = await emptyS3Bucket(server, proxy.port);
    expect(await bucket.list("")).toEqual([]);
    expect(proxy.take()).toHaveLength(1);
    await Promise.all([bucket.write("a", "1"), bucket.write("b", "1")]);
    const asked = proxy.take().filter((record) => record.includes("/.conditional-writes-"));
    expect(asked.map((record) => record.replace(/ .* /, " "))).toEqual([
      ...["PUT 200", "PUT 412", "HEAD 200", "PUT 412", "PUT 200", "DELETE 204"],
    ]);
    const another = await emptyS3Bucket(server, proxy.port);
    await another.write("a", "1");
    expect(proxy.take()).toEqual([expect.stringMatching(/^PUT \S+\/a 200$/)]);
  });

  test("a bucket that does not exist is told as such, and the next one is asked again", async () => {
    const proxy = await recordingProxy(server.port);
    const none = openS3Bucket(server, "none", "", proxy.port);
    await expect(none.write("a", "1")).rejects.toThrow("bucket does not exist");
    await createS3Bucket(server, "none");
    await none.write("a", "1");
    expect((await none.list("")).map(({ path }) => path)).toEqual(["a"]);
  });
});

test("AWS is not asked whether it honours conditional writes", async () => {
  const client = s3Client({ AWS_REGION: "eu-west-1" });
  client.middlewareStack.add(() => () => Promise.reject(new Error("asked")), {
    step: "initialize",
  });
  const quoting = await conditionalWrites({ client, url: "s3://b", name: "b", prefix: "" });
  expect(quoting('"version"')).toBe('"version"');
});
