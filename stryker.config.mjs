/**
 * Mutation testing, one area or all of them: `AREA=workflow npm run mutate` (docs/testing.md); some of its files:
 * `AREA=kpi npm run mutate -- --mutate src/kpi/dashboard/scope.ts`.
 *
 * An area is judged by its own fast tests and the contract's, so that a survivor points at the
 * folder where a test is missing. The other tests stay out of the sandbox, and so does fuzzing: a
 * run of it per mutant would take hours.
 */
const AREAS = {
  collector: {
    mutate: ["src/collector/check/**/*.ts", "src/collector/read/python-literal.ts"],
    tests: ["test/collector/*.test.ts", "test/contract/collector-*.test.ts"],
  },
  evaluation: {
    // What `report/` draws is looked at, not computed with.
    mutate: ["src/core/evaluate/**/*.ts", "!src/core/evaluate/report/**"],
    tests: ["test/core/evaluate/*.test.ts"],
  },
  kpi: {
    mutate: ["src/kpi/**/*.ts"],
    tests: ["test/kpi/*.test.ts"],
  },
  workflow: {
    mutate: ["src/workflow/**/*.ts"],
    tests: ["test/workflow/*.test.ts"],
  },
  responder: {
    mutate: ["src/responder/**/*.ts"],
    tests: ["test/responder/**/*.test.ts", "test/contract/responder*.test.ts"],
  },
};

const area = process.env["AREA"];
if (area !== undefined && !(area in AREAS)) {
  throw new Error(`AREA: expected one of ${Object.keys(AREAS).join(", ")}, got "${area}"`);
}
const chosen = area === undefined ? Object.values(AREAS) : [AREAS[area]];

export default {
  mutate: chosen.flatMap(({ mutate }) => mutate),
  // No test reads types, and the kernels are AssemblyScript.
  disableTypeChecks: false,
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { pool: "forks", related: false },
  coverageAnalysis: "perTest",
  // Beside other work the first run, of every test, may take long, and a mutant's run that is only
  // slow must not count as a mutant that never ends.
  dryRunTimeoutMinutes: 60,
  timeoutMS: 30_000,
  concurrency: Number(process.env["MUTATE_CONCURRENCY"] ?? 2),
  reporters: ["progress-append-only", "clear-text", "json", "html"],
  jsonReporter: { fileName: `reports/mutation/${area ?? "all"}.json` },
  htmlReporter: { fileName: `reports/mutation/${area ?? "all"}.html` },
  clearTextReporter: { allowColor: false, reportTests: false },
  tempDirName: `.stryker-tmp/${area ?? "all"}`,
  ignorePatterns: [
    "bench",
    "docs",
    "test/**/*.test.ts",
    ...chosen.flatMap(({ tests }) => tests.map((pattern) => `!${pattern}`)),
    "test/**/{fuzz,*.slow}.test.ts",
  ],
  thresholds: { high: 90, low: 75, break: 75 },
};
