import { readFileSync } from "node:fs";

import { CfnCondition, Fn } from "aws-cdk-lib";
import { type CfnEIP, CfnInstance, type CfnSecurityGroup } from "aws-cdk-lib/aws-ec2";
import { CfnInstanceProfile, type CfnRole } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

import { acknowledge } from "../acknowledge.ts";
import { either, parameter } from "../parameters.ts";
import { RELEASE } from "../release.ts";
import type { NamedBucket } from "./named-bucket.ts";
import { PORTS } from "./network.ts";
import type { PanelParameters } from "./parameters.ts";

/** Longer than a t2.micro takes; then the stack is rolled back. */
const INSTALLATION = "PT20M";

interface PanelInstanceProps {
  readonly parameters: PanelParameters;
  readonly bucket: NamedBucket;
  readonly role: CfnRole;
  readonly group: CfnSecurityGroup;
  readonly address: CfnEIP;
  /** What the panel hands to CloudFormation. */
  readonly handed: { readonly deployRoleArn: string; readonly boundaryArn: string };
}

/** The instance: it installs the panel from the release, starts it, and then tells CloudFormation that it is there. */
export function panelInstance(scope: Construct, props: PanelInstanceProps): CfnInstance {
  const { parameters, role, group } = props;
  const instance = new CfnInstance(scope, "Instance", {
    instanceType: parameters.instanceType,
    imageId: image(scope, parameters),
    keyName: parameters.keyName,
    iamInstanceProfile: new CfnInstanceProfile(scope, "InstanceProfile", { roles: [role.ref] }).ref,
    networkInterfaces: [
      {
        deviceIndex: "0",
        subnetId: parameters.subnetId,
        groupSet: [group.attrGroupId],
        associatePublicIpAddress: either(parameters.isPublic, true, false),
        deleteOnTermination: true,
      },
    ],
    blockDeviceMappings: [
      { deviceName: "/dev/xvda", ebs: { volumeSize: 30, volumeType: "gp3", encrypted: true } },
    ],
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    userData: Fn.base64(userData(scope, props)),
    tags: [{ key: "Name", value: parameters.instanceName }],
  });
  acknowledge(instance, {
    "AwsSolutions-EC28": "Monitoring by the minute costs; the panel has metrics of its own",
    "AwsSolutions-EC29":
      "What must outlive the instance is in the bucket; protection would keep the stack from being deleted",
  });
  instance.cfnOptions.creationPolicy = { resourceSignal: { count: 1, timeout: INSTALLATION } };
  return instance;
}

/** Amazon Linux 2023, the newest at the time, for the processor that the instance type has. */
function image(scope: Construct, { instanceType }: PanelParameters): string {
  const newest = (name: string, processor: string): string =>
    parameter(scope, name, {
      type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
      description: `Image of the instance where it is ${processor}; leave it`,
      default: `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${processor}`,
    });
  const isArm = new CfnCondition(scope, "IsArm", {
    expression: Fn.conditionEquals(Fn.select(0, Fn.split(".", instanceType)), "t4g"),
  });
  return either(isArm, newest("AmiArm", "arm64"), newest("AmiX86", "x86_64"));
}

function userData(
  scope: Construct,
  { parameters, bucket, address, handed }: PanelInstanceProps,
): string {
  parameter(scope, "ReleaseBucket", {
    description: "Bucket that the panel's package is taken from",
    allowedPattern: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
  });
  parameter(scope, "ReleasePrefix", {
    description: "Folder of the release in that bucket",
    default: RELEASE,
    allowedPattern: "^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$",
  });
  parameter(scope, "ImageUri", {
    description:
      "Container image of RecSys's jobs in ECR, in this region; may be given later, in the panel",
    default: "",
    allowedPattern: "^(|[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9._/-]+[:@].+)$",
  });
  return Fn.sub(readFileSync(new URL("user-data.sh", import.meta.url), "utf8"), {
    // Without one the instance asks for its own.
    Host: either(
      parameters.hasHostName,
      parameters.hostName,
      either(parameters.isPublic, address.ref, ""),
    ),
    BucketOfRecSys: bucket.name,
    DeployRoleArn: handed.deployRoleArn,
    BoundaryArn: handed.boundaryArn,
    PanelPort: String(PORTS.panel),
    DashboardPort: String(PORTS.dashboard),
  });
}
