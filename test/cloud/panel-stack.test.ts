import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { fillIn } from "./fill-in.ts";
import { scriptOf } from "./instance.ts";
import { NAMES, resourcesOf, template } from "./templates.ts";

describe("RecSysPanelAdmin", () => {
  const panel = template("RecSysPanelAdmin");
  const given = {
    BucketName: "",
    AdminPanelAccess: "203.0.113.0/24",
    DashboardAccess: "198.51.100.0/24",
    SSHLocation: "192.0.2.7/32",
    RecSysInstanceName: "shop",
    Bucket: "made-bucket",
    "Bucket.Arn": "arn:aws:s3:::made-bucket",
    Address: "203.0.113.9",
    "Instance.PrivateIp": "10.0.0.5",
    ReleaseBucket: "releases",
    "DeployRole.Arn": "arn:aws:iam::111122223333:role/deploy",
    Boundary: "arn:aws:iam::111122223333:policy/boundary",
  };
  const resource = (name: string, more = {}) =>
    fillIn(panel, { ...given, ...more }).Resources[name];

  test("Q122 Q123 Q124 Q125 Q126 Q127 Q128 Q129 Q130 Q131 asks for what the documentation names", () => {
    expect(Object.keys(panel.Parameters)).toEqual(
      expect.arrayContaining([
        "InstanceType",
        "RecSysInstanceName",
        "SubnetId",
        "VpcId",
        "AdminPanelAccess",
        "DashboardAccess",
        "SSHLocation",
        "KeyName",
        "AccessS3Buckets",
        "AccessCloudWatchLogGroups",
      ]),
    );
    expect(panel.Parameters).toMatchObject({
      InstanceType: { Default: "t2.micro" },
      SubnetId: { Type: "AWS::EC2::Subnet::Id" },
      VpcId: { Type: "AWS::EC2::VPC::Id" },
      KeyName: { Type: "AWS::EC2::KeyPair::KeyName" },
      AccessS3Buckets: { Default: "true", AllowedValues: ["true", "false"] },
      AccessCloudWatchLogGroups: { Default: "true", AllowedValues: ["true", "false"] },
    });
  });

  test("every parameter has its place in the console's form", () => {
    const form = panel.Metadata!["AWS::CloudFormation::Interface"] as {
      ParameterGroups: readonly { Parameters: readonly string[] }[];
    };
    const shown = form.ParameterGroups.flatMap(({ Parameters }) => Parameters);
    expect(shown.toSorted()).toEqual(Object.keys(panel.Parameters).toSorted());
  });

  test.each([
    ["t2.micro", true],
    ["t2.small", true],
    ["t3.medium", true],
    ["t4g.small", true],
    ["t2.nano", false],
    ["p4d.24xlarge", false],
  ])("A27 the instance type %s: %s", (type, isAllowed) => {
    expect(new RegExp(panel.Parameters["InstanceType"]!.AllowedPattern!).test(type)).toBe(
      isAllowed,
    );
  });

  test("A27 an ARM instance has an image for ARM", () => {
    expect(
      resource("Instance", { AmiArm: "ami-arm", AmiX86: "ami-x86", InstanceType: "t4g.small" })
        ?.Properties["ImageId"],
    ).toBe("ami-arm");
    expect(
      resource("Instance", { AmiArm: "ami-arm", AmiX86: "ami-x86", InstanceType: "t3.small" })
        ?.Properties["ImageId"],
    ).toBe("ami-x86");
  });

  test.each([
    ["203.0.113.7/32", true],
    ["10.0.0.0/8", true],
    ["0.0.0.0/0", true],
    ["1.2.3.4/0", false], // everybody too, written so that no rule would see it
    ["0.0.0.0/00", false],
    ["300.0.0.0/8", false],
    ["10.0.0.0", false],
    ["10.0.0.0/33", false],
  ])("Q126 Q127 Q128 the range %s: %s", (range, isAllowed) => {
    for (const name of ["AdminPanelAccess", "DashboardAccess", "SSHLocation"]) {
      expect(new RegExp(panel.Parameters[name]!.AllowedPattern!).test(range)).toBe(isAllowed);
    }
  });

  test("A25 everybody (0.0.0.0/0) is let in only where that is acknowledged", () => {
    for (const name of ["AdminPanelAccess", "DashboardAccess", "SSHLocation"]) {
      expect(panel.Parameters[name]!.Default).toBeUndefined();
      expect(panel.Rules![`${name}IsAcknowledged`]).toMatchObject({
        RuleCondition: { "Fn::Equals": [{ Ref: name }, "0.0.0.0/0"] },
        Assertions: [{ Assert: { "Fn::Equals": [{ Ref: "AcknowledgeOpenAccess" }, "yes"] } }],
      });
    }
    expect(panel.Parameters["AcknowledgeOpenAccess"]!.Default).toBe("no");
  });

  test("A26 panel, dashboard and SSH each have a port and a range of their own", () => {
    const { SecurityGroupIngress } = resource("SecurityGroup")!.Properties as {
      SecurityGroupIngress: readonly { FromPort: number; ToPort: number; CidrIp: string }[];
    };
    expect(
      SecurityGroupIngress.map(({ FromPort, ToPort, CidrIp }) => [FromPort, ToPort, CidrIp]),
    ).toEqual([
      [443, 443, "203.0.113.0/24"],
      [8443, 8443, "198.51.100.0/24"],
      [22, 22, "192.0.2.7/32"],
    ]);
  });

  test("Q137 A26 says where the panel and the dashboard are, over TLS", () => {
    const outputs = (more = {}) => fillIn(panel, { ...given, ...more }).Outputs;
    expect(outputs()).toMatchObject({
      PanelAdminAddress: { Value: "https://203.0.113.9" },
      DashboardAddress: { Value: "https://203.0.113.9:8443/dashboard" },
    });
    expect(outputs({ AddressKind: "private" })["PanelAdminAddress"]!.Value).toBe(
      "https://10.0.0.5",
    );
    expect(outputs({ HostName: "recsys.shop.example" })["PanelAdminAddress"]!.Value).toBe(
      "https://recsys.shop.example",
    );
  });

  test("the bucket that it makes is encrypted, closed, over TLS only, and stays when the stack goes, but for a launch that fails", () => {
    const bucket = panel.Resources["Bucket"]!;
    expect([bucket.DeletionPolicy, bucket.UpdateReplacePolicy]).toEqual([
      "RetainExceptOnCreate",
      "Retain",
    ]);
    expect(bucket.Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(resource("BucketPolicy")).toMatchObject({
      DeletionPolicy: "RetainExceptOnCreate",
      Properties: {
        PolicyDocument: {
          Statement: [
            {
              Effect: "Deny",
              Principal: "*",
              Action: "s3:*",
              Resource: ["arn:aws:s3:::made-bucket", "arn:aws:s3:::made-bucket/*"],
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
          ],
        },
      },
    });
    expect(resource("Bucket", { BucketName: "shop" })).toBeUndefined();
  });

  test("no other stack holds anything of the owner's", () => {
    for (const name of NAMES) {
      const held = resourcesOf(name, "AWS::S3::Bucket").concat(
        resourcesOf(name, "AWS::Logs::LogGroup"),
        resourcesOf(name, "AWS::DynamoDB::Table"),
      );
      expect(held.map(([logicalId]) => `${name} ${logicalId}`)).toEqual(
        name === "RecSysPanelAdmin" ? ["RecSysPanelAdmin Bucket"] : [],
      );
    }
  });

  test("the instance asks for tokens, has an encrypted disk, and Q136 is complete once it says so", () => {
    expect(resource("Instance")).toMatchObject({
      CreationPolicy: { ResourceSignal: { Count: 1 } },
      Properties: {
        MetadataOptions: { HttpTokens: "required" },
        BlockDeviceMappings: [{ Ebs: { Encrypted: true } }],
      },
    });
    expect(JSON.stringify(resource("Instance")!.Properties["Tags"])).toContain(
      '"Key":"Name","Value":"shop"',
    );
  });

  test("Q121 a stack may have any name", () => {
    expect(JSON.stringify(panel)).not.toContain("RecSysPanelAdmin");
  });

  test("Q135 needs the acknowledgement CAPABILITY_IAM only: no role has a name of its own", () => {
    for (const type of ["AWS::IAM::Role", "AWS::IAM::ManagedPolicy", "AWS::IAM::InstanceProfile"]) {
      for (const [, { Properties }] of resourcesOf("RecSysPanelAdmin", type)) {
        expect(Object.keys(Properties).filter((key) => key.endsWith("Name"))).toEqual([]);
      }
    }
  });

  test.each([
    ["a public address and a self-signed certificate", {}],
    [
      "a private address and a given certificate",
      {
        AddressKind: "private",
        TlsSecretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x",
      },
    ],
  ])("the script that installs it is sound, with %s, and small enough", (_, more) => {
    const userData = String(resource("Instance", more)!.Properties["UserData"]);
    const script = scriptOf(userData);
    const file = join(mkdtempSync(join(tmpdir(), "user-data-")), "script.sh");
    writeFileSync(file, script);
    execFileSync("bash", ["-n", file]);
    expect(script).not.toMatch(/<[A-Z]\w+(\.\w+)?>|\$\{AWS::/); // nothing was left to fill in
    expect(script).toContain("--bucket s3://made-bucket ");
    expect(Buffer.byteLength(userData)).toBeLessThan(16_384);
  });
});
