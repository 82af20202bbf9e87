import { Aws, Fn } from "aws-cdk-lib";
import { CfnRole } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

import { acknowledge, EMPTY_MEANS_ABSENT } from "../acknowledge.ts";
import { isGiven, onlyIf, parameter } from "../parameters.ts";
import { attach, type ConditionalPolicy } from "./conditional-policy.ts";
import { policyDocument, reasons, type Statement } from "./statement.ts";

interface ComponentRoleProps {
  /** What it is for, in capitals and small letters: the role is called `RecSys-<region>-<component>`. */
  readonly component: string;
  readonly description: string;
  /** The AWS service that acts in this role, on behalf of this account only. */
  readonly service: string;
  readonly statements: readonly Statement[];
  /** What it may do only where a condition holds. */
  readonly conditional?: readonly ConditionalPolicy[];
}

/**
 * A component's role. Its name begins with `RecSys-`, so that whoever deploys needs no right over other roles, and
 * it stays within the boundary that the panel's stack has made, where there is one.
 */
export function componentRole(scope: Construct, id: string, props: ComponentRoleProps): CfnRole {
  const { component, description, service, statements, conditional = [] } = props;
  const role = new CfnRole(scope, id, {
    roleName: Fn.sub(`RecSys-\${AWS::Region}-${component}`),
    description,
    assumeRolePolicyDocument: trustOf(service),
    policies: [{ policyName: "Base", policyDocument: policyDocument(statements) }],
    permissionsBoundary: boundary(scope),
  });
  acknowledge(role, EMPTY_MEANS_ABSENT);
  role.addMetadata("RecSys", { AnyResource: reasons(statements) });
  attach(role, conditional);
  return role;
}

/** Lets a service act in a role, but only when it does so for this account. */
export function trustOf(service: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
      },
    ],
  };
}

/** The parameter `PermissionsBoundaryArn`, made once in a stack. */
function boundary(scope: Construct): string {
  const made = boundaries.get(scope);
  if (made !== undefined) return made;
  const given = parameter(scope, "PermissionsBoundaryArn", {
    description:
      "Policy that bounds the roles of this stack (the panel gives its own); empty: none",
    default: "",
    allowedPattern: "^(|arn:aws[a-z-]*:iam::(aws|[0-9]{12}):policy/.+)$",
  });
  const value = onlyIf(isGiven(scope, "HasPermissionsBoundary", given), given);
  boundaries.set(scope, value);
  return value;
}

const boundaries = new WeakMap<Construct, string>();
