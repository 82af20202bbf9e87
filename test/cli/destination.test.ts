import { readdirSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openDestination } from "../../src/cli/output/destination.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import {
  clientAt,
  createS3Bucket,
  NO_S3_SERVER,
  type S3Server,
  startS3Server,
} from "../storage/s3/s3-server.ts";
import { unfinishedUploads } from "../storage/s3/stored-objects.ts";
import { temporaryFolder } from "../storage/temporary-folder.ts";

const signal = new AbortController().signal;

test.each(["s3:/bucket/out", "S3://bucket", "s3://"])(
  "%s would become a folder of that name: it is refused",
  async (place) => {
    await expect(openDestination(place)).rejects.toThrow(UsageError);
    await expect(openDestination(place)).rejects.toThrow(
      `a bucket in S3 is named s3://bucket or s3://bucket/prefix, got "${place}"`,
    );
  },
);

test("a file whose pieces end in an error is not there, nor half of it", async () => {
  const folder = await temporaryFolder();
  const destination = await openDestination(folder);
  await expect(destination.write("a/file", broken(), signal)).rejects.toThrow("damaged");
  expect(readdirSync(join(folder, "a"))).toEqual([]);
});

if (NO_S3_SERVER !== undefined) console.log(`skipped: ${NO_S3_SERVER}`);

describe.skipIf(NO_S3_SERVER !== undefined)("a command's files in a bucket in S3", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
    await createS3Bucket(server, "shop");
  });
  afterAll(() => server.stop());

  test("a file whose pieces end in an error is not there, nor are parts of it", async () => {
    Object.assign(process.env, server.environment);
    const destination = await openDestination("s3://shop/broken");
    await expect(destination.write("file", broken(), signal)).rejects.toThrow("damaged");
    expect(await destination.isTaken()).toBe(false);
    const client = clientAt(server.port);
    expect(await unfinishedUploads(client, "shop")).toEqual([]);
    client.destroy();
  });
});

/** Enough for a part to be on its way, then an error. */
async function* broken(): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < 20; i++) yield await Promise.resolve(new Uint8Array(1 << 20));
  throw new Error("damaged");
}
