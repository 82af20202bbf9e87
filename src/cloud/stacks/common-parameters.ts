import { CfnOutput } from "aws-cdk-lib";
import type { Construct } from "constructs";

import { RecSysConfig } from "../../schema/index.ts";
import { arn } from "./access/statement.ts";
import { parameter } from "./parameters.ts";

/** The one log group of everything (Q102), which is there already; its ARN is the one that names its streams too. */
export function logGroupParameter(scope: Construct): {
  readonly name: string;
  readonly arn: string;
} {
  const name = parameter(scope, "LogGroupName", {
    description: "Log group, already there, that collects all logs of RecSys",
    default: RecSysConfig.parse({}).logGroup,
    allowedPattern: "^[A-Za-z0-9._/#-]{1,512}$",
  });
  return { name, arn: arn("logs", "log-group:${LogGroupName}:*") };
}

/**
 * The number of the configuration that was deployed (`deployments/<stack>/<number>.json`): so the stack says which it
 * has, and an update that changes nothing else is one all the same.
 */
export function deploymentParameter(scope: Construct): void {
  const number = parameter(scope, "Deployment", {
    description: "Number of the deployed configuration",
    default: "0",
    allowedPattern: "^[0-9]+$",
  });
  new CfnOutput(scope, "DeployedConfiguration", { value: number });
}
