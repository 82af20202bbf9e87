import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { missingPython, PYTHON } from "../python.ts";
import { NAMES, templatePath } from "./templates.ts";

const missing = missingPython("cfn-lint");
if (missing !== undefined) console.warn(`cfn-lint is skipped: ${missing}`);

test.skipIf(missing !== undefined).each(NAMES)("%s is valid to cfn-lint", (name) => {
  const { stdout, stderr } = spawnSync(
    join(dirname(PYTHON), "cfn-lint"),
    ["--format", "parseable", "--regions", "eu-west-1", "us-east-1", "--", templatePath(name)],
    { encoding: "utf8" },
  );
  expect(stdout + stderr).toBe("");
});
