import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";

import { recSysApp } from "../../src/cloud/stacks/synthesise.ts";

/*
 * `nag.ts <folder>` synthesises there with cdk-nag's rules for AWS's solutions, and prints what it and CDK's own
 * validation find: an array of "construct rule".
 */
const folder = process.argv[2]!;
const app = recSysApp(folder);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
try {
  app.synth();
} catch (error) {
  // Any finding is thrown, once all have been written down; what is right, the test decides.
  if (!(error instanceof Error) || error.name !== "ValidationFailed") throw error;
}

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}
const report = JSON.parse(readFileSync(join(folder, "validation-report.json"), "utf8")) as Report;
const findings = report.pluginReports
  .flatMap(({ violations }) => violations)
  .flatMap(({ ruleName, violatingConstructs }) =>
    violatingConstructs.map(({ constructPath }) => `${constructPath} ${ruleName}`),
  );
console.log(JSON.stringify(findings));
process.exitCode = 0; // CDK sets 1 as well
