import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { NAMES, templateText } from "./templates.ts";

const script = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Synthesises in a process of its own: CDK has state of its own, and is heavy. */
function run(path: string, ...args: readonly string[]): string {
  return execFileSync(process.execPath, [script(path), ...args], {
    encoding: "utf8",
    stdio: "pipe",
  });
}

test("the templates are what their sources make, the same each time", () => {
  for (let time = 0; time < 2; time++) {
    const folder = mkdtempSync(join(tmpdir(), "templates-"));
    run("../../src/cloud/stacks/main.ts", folder, mkdtempSync(join(tmpdir(), "cdk-")));
    expect(readdirSync(folder).toSorted()).toEqual(NAMES.map((name) => `${name}.template.json`));
    for (const name of NAMES) {
      expect(readFileSync(join(folder, `${name}.template.json`), "utf8")).toBe(templateText(name));
    }
  }
});

test("cdk-nag and CDK's own validation find nothing but what is acknowledged", () => {
  const findings = JSON.parse(
    run("nag.ts", mkdtempSync(join(tmpdir(), "nag-"))),
  ) as readonly string[];
  // IAM5 asks about every "*" in an ARN, also after a name. permissions.test.ts is stricter: a statement for all
  // resources has its reason in the template, and what each role may not do is asked.
  expect(findings.filter((finding) => !finding.includes("AwsSolutions-IAM5"))).toEqual([]);
  // The rules were run: these are found.
  expect(findings).toContain("RecSysCollectorStack/WorkflowRole AwsSolutions-IAM5[Resource::*]");
});
