/**
 * `npm run screenshots`: a picture of every page of the panel in reports/screenshots/, by the real server in a real browser.
 * With `--aws` those of docs/aws.md: the panel in AWS, which takes what its slow test takes (docs/testing.md), and some minutes.
 */
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build, buildPages, environment, install, node, root, run } from "./boot.mjs";

install();
build();
buildPages();
if (process.argv.includes("--aws")) photographAws();
else run(node(), [join(root, "test/panel/screenshots/main.ts"), ...process.argv.slice(2)]);

/** The browser's walk through the panel in AWS keeps pictures; docs/pictures has some of them, as they look on a desk. */
function photographAws() {
  const folder = join(root, "reports", "screenshots", "aws");
  const test = "test/panel/browser/aws.slow.test.ts";
  run(node(), [join(root, "node_modules/vitest/vitest.mjs"), "run", test], {
    env: { ...environment(), TEST_TIER: "slow", RECSYS_PICTURES: folder },
  });
  const shown = readdirSync(join(root, "docs", "pictures")).filter((name) =>
    name.startsWith("aws-"),
  );
  for (const name of shown) {
    const taken = name.replace(/^aws-(.*)\.png$/, "$1-1440.png");
    copyFileSync(join(folder, taken), join(root, "docs", "pictures", name));
  }
}
