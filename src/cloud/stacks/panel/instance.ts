import { CfnCondition, Fn } from "aws-cdk-lib";
import { CfnInstance, type CfnSecurityGroup } from "aws-cdk-lib/aws-ec2";
import { CfnInstanceProfile, type CfnRole } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

import { acknowledge } from "../acknowledge.ts";
import { either, parameter } from "../parameters.ts";
import type { PanelParameters } from "./parameters.ts";
import { userData, type UserDataProps } from "./user-data.ts";

/** Longer than a t2.micro takes; then the stack is rolled back. */
const INSTALLATION = "PT20M";

interface PanelInstanceProps extends UserDataProps {
  readonly role: CfnRole;
  readonly group: CfnSecurityGroup;
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
