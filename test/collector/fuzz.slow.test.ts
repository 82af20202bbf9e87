import { expect, test } from "vitest";

import { fuzzOnce } from "./fuzz.ts";

test("a thousand mutated files never crash the collector, and no row is lost or invented", async () => {
  let readable = 0;
  for (let seed = 1000; seed < 2000; seed++) if (await fuzzOnce(seed)) readable++;
  expect(readable).toBeGreaterThan(750);
});
