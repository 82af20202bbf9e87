import { CfnEIP, CfnEIPAssociation, type CfnInstance, CfnSecurityGroup } from "aws-cdk-lib/aws-ec2";
import type { Construct } from "constructs";

import { acknowledge } from "../acknowledge.ts";
import type { PanelParameters } from "./parameters.ts";

/** Ports of the instance. The dashboard has its own, for a security group cannot tell paths apart (A26). */
export const PORTS = { panel: 443, dashboard: 8443, ssh: 22 } as const;

/** Lets in who may reach the panel, the dashboard and SSH, each by its range; out goes TLS only. */
export function securityGroup(scope: Construct, parameters: PanelParameters): CfnSecurityGroup {
  const { adminPanelAccess, dashboardAccess, sshLocation, vpcId } = parameters;
  const ingress = (port: number, cidrIp: string, description: string) => ({
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    cidrIp,
    description,
  });
  const group = new CfnSecurityGroup(scope, "SecurityGroup", {
    groupDescription: "RecSys panel, dashboard and SSH, each from its range",
    vpcId,
    securityGroupIngress: [
      ingress(PORTS.panel, adminPanelAccess, "Admin panel"),
      ingress(PORTS.dashboard, dashboardAccess, "Dashboard"),
      ingress(PORTS.ssh, sshLocation, "SSH"),
    ],
    securityGroupEgress: [ingress(443, "0.0.0.0/0", "AWS services and package updates, over TLS")],
  });
  acknowledge(group, {
    "AwsSolutions-EC23":
      "The ranges are parameters without a default; everybody has to be acknowledged (rules.ts)",
  });
  return group;
}

/** An address that stays when the instance is stopped or replaced. */
export function publicAddress(scope: Construct, { isPublic }: PanelParameters): CfnEIP {
  const address = new CfnEIP(scope, "Address", { domain: "vpc" });
  address.cfnOptions.condition = isPublic;
  return address;
}

/** Gives the instance that address; until then it has another public one, to be able to install itself. */
export function attachAddress(
  scope: Construct,
  props: {
    readonly address: CfnEIP;
    readonly instance: CfnInstance;
    readonly parameters: PanelParameters;
  },
): void {
  const association = new CfnEIPAssociation(scope, "AddressOfInstance", {
    allocationId: props.address.attrAllocationId,
    instanceId: props.instance.ref,
  });
  association.cfnOptions.condition = props.parameters.isPublic;
}
