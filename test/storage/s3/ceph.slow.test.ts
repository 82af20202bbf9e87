import { afterAll, beforeAll, describe } from "vitest";

import { NO_CEPH } from "./ceph-programs.ts";
import { startCeph } from "./ceph-server.ts";
import { testS3Bucket } from "./s3-bucket-behaviour.ts";
import type { S3Server } from "./s3-server.ts";

if (NO_CEPH !== undefined) console.log(`skipped: ${NO_CEPH}`);

describe.skipIf(NO_CEPH !== undefined)("Q2 a bucket on Ceph's gateway", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startCeph();
  });
  afterAll(() => server.stop());

  testS3Bucket(() => server);
});
