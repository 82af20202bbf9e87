import { expect, test } from "vitest";

import { threadsFor } from "../../src/core/threads.ts";

test.each([
  { threads: undefined, processors: 4, expected: 4 },
  { threads: undefined, processors: 64, expected: 16 },
  { threads: undefined, processors: 0, expected: 1 },
  { threads: 3, processors: 8, expected: 3 },
  { threads: 40, processors: 8, expected: 40 },
])(
  "$threads threads on $processors processors are $expected",
  ({ threads, processors, expected }) => {
    expect(threadsFor({ threads }, processors)).toBe(expected);
  },
);
