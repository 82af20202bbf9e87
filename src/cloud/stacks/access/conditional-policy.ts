import type { CfnCondition } from "aws-cdk-lib";
import { CfnPolicy, type CfnRole } from "aws-cdk-lib/aws-iam";

import { policyDocument, reasons, type Statement } from "./statement.ts";

/** What a role may do only where a condition holds. */
export interface ConditionalPolicy {
  readonly name: string;
  readonly condition: CfnCondition;
  readonly statements: readonly Statement[];
}

/** Attaches policies to a role, each where its condition holds. */
export function attach(role: CfnRole, policies: readonly ConditionalPolicy[]): void {
  for (const { name, condition, statements } of policies) {
    const policy = new CfnPolicy(role.stack, `${role.node.id}${name}`, {
      policyName: name,
      policyDocument: policyDocument(statements),
      roles: [role.ref],
    });
    policy.cfnOptions.condition = condition;
    policy.addMetadata("RecSys", { AnyResource: reasons(statements) });
  }
}
