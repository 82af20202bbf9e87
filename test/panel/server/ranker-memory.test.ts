import { describe, expect, it } from "vitest";

import { refusalFor } from "../../../src/panel/server/explore/ranker.ts";

/** What was measured: the process that ranks held 0.39 GB for a million interactions, 1.46 GB for ten million. */
describe("ranking an item that no list holds", () => {
  it("is refused where the process would not fit into memory, with what it takes and what there is", () => {
    expect(refusalFor(10_000_000, 600e6)).toMatch(
      /^to rank all items takes 1\.\d GB of memory for 10,000,000 interactions, and the panel's machine has 0\.6 GB free$/,
    );
    expect(refusalFor(1_000_000, 389e6)).toBeDefined();
  });

  it("is done where it fits", () => {
    expect(refusalFor(1_000_000, 500e6)).toBeUndefined();
    expect(refusalFor(10_000_000, 2e9)).toBeUndefined();
  });
});
