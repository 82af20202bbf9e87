import { CfnCondition, Fn, type Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";

import { isGiven, parameter, switchParameter } from "../parameters.ts";

/** What the person who creates the stack is asked, in the documentation's words where it has them (Q122–Q131). */
export interface PanelParameters {
  readonly instanceType: string;
  readonly instanceName: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly adminPanelAccess: string;
  readonly dashboardAccess: string;
  readonly sshLocation: string;
  readonly keyName: string;
  readonly mayListBuckets: CfnCondition;
  readonly mayListLogGroups: CfnCondition;
  readonly isPublic: CfnCondition;
  readonly hostName: string;
  readonly hasHostName: CfnCondition;
  readonly tlsSecretArn: string;
  readonly hasTlsSecret: CfnCondition;
}

/** The parameters, in the template. */
export function panelParameters(stack: Stack): PanelParameters {
  const hostName = parameter(stack, "HostName", {
    description: "Name in DNS by which the panel is reached; empty: its address",
    default: "",
    allowedPattern: "^(|[A-Za-z0-9.-]+)$",
  });
  const tlsSecretArn = parameter(stack, "TlsSecretArn", {
    description:
      'Secret in Secrets Manager with the TLS certificate, {"certificate": "<PEM>", "key": "<PEM>"}; empty: self-signed',
    default: "",
    allowedPattern: "^(|arn:aws[a-z-]*:secretsmanager:.+:[0-9]{12}:secret:.+)$",
  });
  const addressKind = parameter(stack, "AddressKind", {
    description:
      "public: a fixed public address; private: only the subnet's own, for networks with a way in",
    default: "public",
    allowedValues: ["public", "private"],
  });
  return {
    ...documented(stack),
    isPublic: new CfnCondition(stack, "IsPublic", {
      expression: Fn.conditionEquals(addressKind, "public"),
    }),
    hostName,
    hasHostName: isGiven(stack, "HasHostName", hostName),
    tlsSecretArn,
    hasTlsSecret: isGiven(stack, "HasTlsSecret", tlsSecretArn),
  };
}

type Documented = Omit<
  PanelParameters,
  "isPublic" | "hostName" | "hasHostName" | "tlsSecretArn" | "hasTlsSecret"
>;

function documented(scope: Construct): Documented {
  return {
    instanceType: parameter(scope, "InstanceType", {
      description:
        "EC2 instance of the panel and the dashboard: t2, t3, t3a or t4g (ARM); t2.micro costs least, t2.small is better",
      default: "t2.micro",
      allowedPattern: "^(t2|t3|t3a|t4g)\\.(micro|small|medium|large|xlarge|2xlarge)$",
      constraintDescription: "must be t2, t3, t3a or t4g, from micro to 2xlarge, such as t3.small",
    }),
    instanceName: parameter(scope, "RecSysInstanceName", {
      description: "Name of the instance",
      default: "RecSys",
      allowedPattern: "^.{1,255}$",
    }),
    subnetId: parameter(scope, "SubnetId", {
      type: "AWS::EC2::Subnet::Id",
      description:
        "Subnet of the instance; it needs a way to AWS's services (internet, NAT or endpoints)",
    }),
    vpcId: parameter(scope, "VpcId", {
      type: "AWS::EC2::VPC::Id",
      description: "Network that the subnet belongs to",
    }),
    adminPanelAccess: range(scope, "AdminPanelAccess", "the admin panel"),
    dashboardAccess: range(scope, "DashboardAccess", "the dashboard"),
    sshLocation: range(scope, "SSHLocation", "the instance over SSH"),
    keyName: parameter(scope, "KeyName", {
      type: "AWS::EC2::KeyPair::KeyName",
      description: "Key pair for SSH to the instance",
    }),
    mayListBuckets: switchParameter(scope, "AccessS3Buckets", {
      description: "May the panel list all buckets of the account, to offer them?",
      default: "true",
    }),
    mayListLogGroups: switchParameter(scope, "AccessCloudWatchLogGroups", {
      description: "May the panel list all log groups of the account, to offer them?",
      default: "true",
    }),
  };
}

function range(scope: Construct, name: string, what: string): string {
  return parameter(scope, name, {
    description: `IPv4 addresses that may reach ${what}, as a range such as 203.0.113.0/24`,
    allowedPattern: RANGE,
    constraintDescription:
      "must be an IPv4 range such as 203.0.113.7/32; everybody is written 0.0.0.0/0 and has to be acknowledged",
  });
}

const BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
/** A range of addresses. Everybody can be written in one way only, which the rules (rules.ts) look for. */
const RANGE = `^(0\\.0\\.0\\.0/0|(${BYTE}\\.){3}${BYTE}/([1-9]|[12][0-9]|3[0-2]))$`;
