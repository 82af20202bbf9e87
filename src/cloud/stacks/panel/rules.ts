import { CfnRule, Fn } from "aws-cdk-lib";
import type { Construct } from "constructs";

import { parameter } from "../parameters.ts";
import type { PanelParameters } from "./parameters.ts";

/**
 * What CloudFormation refuses before it makes anything: a way in for the whole internet that nobody has acknowledged
 * (A25), and a subnet of another network.
 */
export function panelRules(scope: Construct, parameters: PanelParameters): void {
  const acknowledged = parameter(scope, "AcknowledgeOpenAccess", {
    description: "Write yes to let everybody (0.0.0.0/0) reach the panel, the dashboard or SSH",
    default: "no",
    allowedValues: ["no", "yes"],
  });
  const ranges = {
    AdminPanelAccess: parameters.adminPanelAccess,
    DashboardAccess: parameters.dashboardAccess,
    SSHLocation: parameters.sshLocation,
  };
  for (const [name, range] of Object.entries(ranges)) {
    new CfnRule(scope, `${name}IsAcknowledged`, {
      ruleCondition: Fn.conditionEquals(range, "0.0.0.0/0"),
      assertions: [
        {
          assert: Fn.conditionEquals(acknowledged, "yes"),
          assertDescription: `${name} is 0.0.0.0/0, everybody: give a smaller range, or set AcknowledgeOpenAccess to yes`,
        },
      ],
    });
  }
  new CfnRule(scope, "SubnetIsInVpc", {
    assertions: [
      {
        assert: Fn.conditionEachMemberIn(
          Fn.valueOfAll("AWS::EC2::Subnet::Id", "VpcId"),
          Fn.refAll("AWS::EC2::VPC::Id"),
        ),
        assertDescription: "SubnetId is not in VpcId: choose a subnet of that network",
      },
    ],
  });
}
