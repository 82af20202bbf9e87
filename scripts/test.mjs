/** `npm test` and `npm run test:slow`: installs, builds, runs one tier, closes with the plain count. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, buildPages, install, node, root } from "./boot.mjs";
import { installCeph } from "./ceph.mjs";
import { installChromium } from "./chromium.mjs";
import { installPythonPackages } from "./python-packages.mjs";
import { installSystemPackages } from "./system-packages.mjs";

const [tier = "fast", ...rest] = process.argv.slice(2);
install();
installSystemPackages(tier);
installPythonPackages(tier);
installChromium();
installCeph(tier);
build();
buildPages();
const report = join(root, "build", `test-${tier}.json`);
mkdirSync(join(root, "build"), { recursive: true });
rmSync(report, { force: true });
const result = spawnSync(
  node(),
  [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...rest,
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, TEST_TIER: tier } },
);
if (!existsSync(report)) {
  console.error("the test runner ended without a report");
  process.exit(result.status || 1);
}
const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = JSON.parse(
  readFileSync(report, "utf8"),
);
// A file that failed to load has no failed test of its own, yet it is a failure.
const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
console.log(
  `\n${numPassedTests} passed, ${failed} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ""}`,
);
process.exit(result.status ?? 1);
