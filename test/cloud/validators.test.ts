import { RegoEngine, TemplateFile } from "@aws/cloudformation-validate";
import { expect, test } from "vitest";

import type { JsonObject } from "../../src/workflow/index.ts";
import { aslErrors } from "../workflow/asl-validator.ts";
import { NAMES, stateMachineOf, templatePath } from "./templates.ts";

const EMPTY = "an empty default is never used: a condition leaves the property out";
/** Findings that are right as they are; src/cloud/stacks says so beside each construct. */
const ACKNOWLEDGED: Readonly<Record<string, string>> = {
  W1030: EMPTY,
  F3033: EMPTY,
  W1001: "what is conditional is referred to only where the same condition holds",
  E1152:
    "the parameters AmiX86 and AmiArm are paths in Systems Manager, which CloudFormation looks up",
  W2509: "TlsSecretArn names a secret, it is none",
};

test.each(NAMES)("%s is valid to AWS's own CloudFormation Validate", (name) => {
  const engine = new RegoEngine();
  try {
    const { diagnostics } = engine.validateStandard(new TemplateFile(templatePath(name)), {
      severityLevel: "WARN",
    });
    const found = diagnostics.filter(({ ruleId }) => !(ruleId in ACKNOWLEDGED));
    expect(
      found.map(
        ({ ruleId, message, propertyPath }) => `${ruleId} ${message} ${propertyPath ?? ""}`,
      ),
    ).toEqual([]);
  } finally {
    engine.free();
  }
});

test.each(["RecSysCollectorStack", "RecSysCoreStack"])(
  "the workflow of %s is valid to asl-validator",
  (name) => {
    const definition = JSON.parse(stateMachineOf(name).DefinitionString) as JsonObject;
    expect(aslErrors(definition)).toEqual([]);
  },
);
