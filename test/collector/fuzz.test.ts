import { expect, test } from "vitest";

import { fuzzOnce } from "./fuzz.ts";

test("sixty mutated files never crash the collector, and no row is lost or invented", async () => {
  let readable = 0;
  for (let seed = 0; seed < 60; seed++) if (await fuzzOnce(seed)) readable++;
  expect(readable).toBeGreaterThan(45);
}, 240_000);
