import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

import { NAMES, templateText } from "./templates.ts";
import { wildcardIn, WILDCARDS } from "./wildcards.ts";

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

test("cdk-nag and CDK's own validation find nothing but what is acknowledged, each `*` of a role's with its reason", () => {
  const findings = JSON.parse(
    run("nag.ts", mkdtempSync(join(tmpdir(), "nag-"))),
  ) as readonly string[];
  expect(findings.filter((finding) => wildcardIn(finding) === undefined)).toEqual([]);
  const known = WILDCARDS.flatMap(({ roles, resources, reason }) => {
    expect(reason.length).toBeGreaterThan(20);
    return roles.flatMap((role) => resources.map((resource) => `${role} ${resource}`));
  });
  expect(findings.map(wildcardIn).toSorted()).toEqual(known.toSorted());
});
