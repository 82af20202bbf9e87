import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

const program = fileURLToPath(new URL("./joined-vectors.ts", import.meta.url));

/** What the program prints; the engine's flags decide by which compiler the kernels go. */
function run(flags: readonly string[], ...args: readonly string[]): string {
  return execFileSync(process.execPath, [...flags, program, ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
}

test("joined vectors, single ones and the engine's first compiler give the same bytes", () => {
  const digest = run(["--no-liftoff"]);
  expect(digest).toMatch(/^[0-9a-f]{64}\n$/);
  expect(run(["--no-liftoff"], "single")).toBe(digest);
  expect(run(["--liftoff-only"])).toBe(digest);
});

test.runIf(process.arch === "x64")("the engine joins the vectors of the products", () => {
  const flags = ["--no-liftoff", "--trace-wasm-revectorize"];
  expect(run(flags)).toContain("PackNode [F32x4Mul]");
  expect(run(flags, "single")).not.toContain("PackNode");
});
