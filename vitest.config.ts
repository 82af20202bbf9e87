import { join } from "node:path";

import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** `fast` runs before every commit; `slow` kills processes, fills disks and takes its time. */
const tier = process.env["TEST_TIER"] ?? "fast";

/**
 * The quickest files first: a mutant dies of the first test that fails, and most have one that needs
 * no database and no server.
 */
class QuickestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const milliseconds = (file: TestSpecification): number =>
      this.ctx.cache.getTestSpecificationResult(file)?.duration ?? 0;
    return Promise.resolve(files.toSorted((a, b) => milliseconds(a) - milliseconds(b)));
  }
}

const isMutationRun = process.env["STRYKER_MUTATOR_WORKER"] !== undefined;

export default defineConfig({
  test: {
    ...(isMutationRun ? { sequence: { sequencer: QuickestFirst } } : {}),
    include: [tier === "slow" ? "test/**/*.slow.test.ts" : "test/**/*.test.ts"],
    exclude: tier === "slow" ? [] : ["test/**/*.slow.test.ts"],
    pool: "forks",
    // As bin/recsys does: programs and jobs that tests start need not be compiled each time.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "build", "compile-cache") },
    maxWorkers: 2,
    // Stryker has a limit of its own, made from the time that the tests take on this machine.
    testTimeout: tier === "slow" || isMutationRun ? 600_000 : 60_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
