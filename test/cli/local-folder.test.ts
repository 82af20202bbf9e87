import { expect, test } from "vitest";

import { localFolder } from "../../src/cli/local-folder.ts";
import { UsageError } from "../../src/cli/usage-error.ts";

test.each(["out", "./out", "/tmp/s3/out", "C:\\shop"])("%s is a folder", (place) => {
  expect(localFolder(place)).toBe(place);
});

test.each(["s3://bucket/out", "s3:/bucket/out", "S3://bucket"])(
  "%s would become a folder of that name: it is refused, with what to do",
  (place) => {
    expect(() => localFolder(place)).toThrow(UsageError);
    expect(() => localFolder(place)).toThrow(`got "${place}"; write it to one, then copy it`);
  },
);
