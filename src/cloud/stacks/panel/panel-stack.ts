import { CfnOutput, Fn } from "aws-cdk-lib";
import type { Construct } from "constructs";

import { RecSysConfig } from "../../../schema/index.ts";
import { acknowledge } from "../acknowledge.ts";
import { bucketKeyParameter, prefixParameter } from "../bucket.ts";
import { either, parameter } from "../parameters.ts";
import { RecSysStack } from "../recsys-stack.ts";
import { boundary } from "./boundary.ts";
import { deployRole } from "./deploy-role.ts";
import { PARAMETER_GROUPS } from "./groups.ts";
import { panelInstance } from "./instance.ts";
import { instanceRole } from "./instance-role.ts";
import { attachAddress, PORTS, publicAddress, securityGroup } from "./network.ts";
import { panelBucket } from "./panel-bucket.ts";
import { panelParameters } from "./parameters.ts";
import { panelRules } from "./rules.ts";

/**
 * `RecSysPanelAdmin` (Q116): the instance of the admin panel and the dashboard, what it may do, and what it lets
 * CloudFormation do for it. Everything else the panel creates, in stacks of its own.
 */
export class PanelStack extends RecSysStack {
  constructor(scope: Construct) {
    super(scope, "RecSysPanelAdmin", {
      component: "panel",
      description: "RecSys: the admin panel and the dashboard",
    });
    acknowledge(this, {
      "CloudFormation-Validate::W1001":
        "What is conditional is referred to only where the same condition holds",
      "CloudFormation-Validate::W2509": "TlsSecretArn names a secret, it is none",
    });
    const parameters = panelParameters(this);
    panelRules(this, parameters);
    this.templateOptions.metadata = { "AWS::CloudFormation::Interface": PARAMETER_GROUPS };
    parameter(this, "LogGroupName", {
      description:
        "The log group that collects all logs of RecSys; the panel makes it if it is not there",
      default: RecSysConfig.parse({}).logGroup,
      allowedPattern: "^[A-Za-z0-9._/#-]{1,512}$",
    });
    const bucket = { name: panelBucket(this), prefix: prefixParameter(this) };
    const bounds = boundary(this, bucket);
    const key = bucketKeyParameter(this);
    const deployer = deployRole(this, { bucket, key, boundary: bounds });
    const address = publicAddress(this, parameters);
    const role = instanceRole(this, { bucket, key, deployer, parameters });
    const instance = panelInstance(this, {
      parameters,
      bucket,
      role,
      group: securityGroup(this, parameters),
      address,
      handed: { deployRoleArn: deployer.attrArn, boundaryArn: bounds.ref },
    });
    attachAddress(this, { address, instance, parameters });

    const host = either(
      parameters.hasHostName,
      parameters.hostName,
      either(parameters.isPublic, address.ref, instance.attrPrivateIp),
    );
    const output = (name: string, description: string, url: string): void => {
      new CfnOutput(this, name, { description, value: Fn.sub(url, { Host: host }) });
    };
    output("PanelAdminAddress", "The admin panel", "https://${Host}");
    output("DashboardAddress", "The dashboard", `https://\${Host}:${PORTS.dashboard}/dashboard`);
    new CfnOutput(this, "FirstLogin", {
      description:
        "Where the one-time link of the first admin stands: the end of the instance's system log",
      value: Fn.sub(
        "https://${AWS::Region}.console.aws.amazon.com/ec2/home?region=${AWS::Region}#GetSystemLog:instanceId=${Instance}",
      ),
    });
  }
}
