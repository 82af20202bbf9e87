import { defineConfig } from "vitest/config";

/** `fast` runs before every commit; `slow` kills processes, fills disks and takes its time. */
const tier = process.env["TEST_TIER"] ?? "fast";

export default defineConfig({
  test: {
    include: [tier === "slow" ? "test/**/*.slow.test.ts" : "test/**/*.test.ts"],
    exclude: tier === "slow" ? [] : ["test/**/*.slow.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: tier === "slow" ? 600_000 : 60_000,
    hookTimeout: 300_000,
  },
});
