import { afterAll, beforeAll, describe } from "vitest";

import { testS3Bucket } from "./s3-bucket-behaviour.ts";
import { NO_S3_SERVER, type S3Server, startS3Server } from "./s3-server.ts";

if (NO_S3_SERVER !== undefined) console.log(`skipped: ${NO_S3_SERVER}`);

describe.skipIf(NO_S3_SERVER !== undefined)("Q2 a bucket in S3", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.stop());

  testS3Bucket(() => server);
});
