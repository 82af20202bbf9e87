import { expect, test } from "vitest";

import { openBucket } from "../../src/storage/index.ts";

test.each(["s3:/bucket", "s3:bucket", "S3://bucket"])(
  "%s is no folder of that name but a slip: it is refused, with how it is written",
  async (place) => {
    await expect(openBucket(place, "p")).rejects.toThrow(
      `a bucket in S3 is named s3://bucket or s3://bucket/prefix, got "${place}"`,
    );
  },
);

test("a folder may have any other name", async () => {
  expect((await openBucket("/tmp/no-such-folder/s3", "p")).url).toBe("/tmp/no-such-folder/s3");
});
