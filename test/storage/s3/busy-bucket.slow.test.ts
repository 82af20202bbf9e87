import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { busyProxy } from "./busy-proxy.ts";
import { emptyS3Bucket, NO_S3_SERVER, type S3Server, startS3Server } from "./s3-server.ts";

/** What many instances ask of a bucket at once, in small. */
const READERS = 12;
const READS = 20;
const PER_SECOND = 50;

describe.skipIf(NO_S3_SERVER !== undefined)("Q2 a bucket in S3 that is busy", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.stop());

  test("is asked less often until it says so no more, and nothing is lost", async () => {
    const proxy = await busyProxy(server.port, PER_SECOND);
    const bucket = await emptyS3Bucket(server, proxy.port);
    await bucket.write("a.txt", Buffer.from("a"));
    const read: string[] = [];
    const reader = async (): Promise<void> => {
      for (let i = 0; i < READS; i++) read.push(Buffer.from(await bucket.read("a.txt")).toString());
    };
    await Promise.all(Array.from({ length: READERS }, reader));
    expect(read).toEqual(Array.from({ length: READERS * READS }, () => "a"));
    const refusals = proxy.refused.filter(Boolean).length;
    expect(refusals).toBeGreaterThan(0);
    // Where each request is only made again later, 0.15 of them are refused; measured, as 0.05 here.
    expect(refusals / proxy.refused.length).toBeLessThan(0.1);
  });
});
