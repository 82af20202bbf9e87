import { Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** Findings of the validators that are right as they are, each with its reason, beside what they were found in. */
export function acknowledge(
  construct: IConstruct,
  reasons: Readonly<Record<string, string>>,
): void {
  const rules = Object.entries(reasons).map(([id, reason]) => ({ id, reason }));
  Validations.of(construct).acknowledge(...rules);
}

/** The parameter's default is empty, and then the property is not there at all. */
export const EMPTY_MEANS_ABSENT = {
  "CloudFormation-Validate::W1030":
    "The empty default is never used: the condition leaves the property out",
};
