import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { compileWorkflow } from "../../src/workflow/index.ts";
import { DEFINITIONS } from "../../src/recipe/index.ts";
import { fillIn } from "./fill-in.ts";
import { NAMES, resourcesOf, shippedNames, template, templateText } from "./templates.ts";

/** The largest template that CreateStack takes in the request itself. */
const INLINE_LIMIT = 51_200;
const IMAGE = "444455556666.dkr.ecr.eu-west-1.amazonaws.com/recsys:1.0";

describe("every template", () => {
  test("Q10 Q116 there are three stacks and the panel's", () => {
    expect(shippedNames()).toEqual(NAMES);
  });

  test.each(NAMES)(
    "%s is plain: no assets, no bootstrap, small enough to be sent as it is",
    (name) => {
      const text = templateText(name);
      expect(Buffer.byteLength(text)).toBeLessThan(INLINE_LIMIT);
      expect(text).not.toMatch(/bootstrap|AssetParameters|cdk-hnb|CDKMetadata/i);
      expect(text).not.toMatch(/\b\d{12}\b/); // an account
    },
  );

  test.each(NAMES)("%s explains every parameter", (name) => {
    for (const [parameter, { Description }] of Object.entries(template(name).Parameters)) {
      expect(Description?.length, parameter).toBeGreaterThan(9);
    }
  });

  test.each(NAMES)("Q132 %s tags what can be tagged", (name) => {
    const untaggable =
      /Policy$|InstanceProfile|Association|ApiGateway::(Resource|Method|Deployment|GatewayResponse)|Permission$/;
    for (const [logicalId, { Type, Properties }] of Object.entries(template(name).Resources)) {
      if (untaggable.test(Type)) continue;
      expect(JSON.stringify(Properties["Tags"]), `${logicalId}, ${Type}`).toContain('"RecSys"');
    }
  });
});

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

  test("the bucket that it makes is encrypted, closed, over TLS only, and stays when the stack goes", () => {
    const bucket = panel.Resources["Bucket"]!;
    expect([bucket.DeletionPolicy, bucket.UpdateReplacePolicy]).toEqual(["Retain", "Retain"]);
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
      DeletionPolicy: "Retain",
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
    const script = String(resource("Instance", more)!.Properties["UserData"]);
    const file = join(mkdtempSync(join(tmpdir(), "user-data-")), "script.sh");
    writeFileSync(file, script);
    execFileSync("bash", ["-n", file]);
    expect(script).not.toMatch(/<[A-Z]\w+(\.\w+)?>|\$\{AWS::/); // nothing was left to fill in
    expect(script).toContain("--bucket s3://made-bucket ");
    expect(Buffer.byteLength(script)).toBeLessThan(16_384);
  });
});

describe("the workflows", () => {
  test.each([
    ["collector", "RecSysCollectorStack", "RecSysRecipeCollectorWorkflow"],
    ["core", "RecSysCoreStack", "RecSysRecipeCoreWorkflow"],
  ] as const)(
    "Q54 Q57 the %s's state machine is the definition that runs on one machine",
    (workflow, stack, machine) => {
      const [[, { Properties }] = ["", { Properties: {} }]] = resourcesOf(
        stack,
        "AWS::StepFunctions::StateMachine",
      );
      expect(Properties["StateMachineName"]).toBe(machine);
      expect(JSON.parse(Properties["DefinitionString"] as string)).toEqual(
        compileWorkflow(DEFINITIONS[workflow]),
      );
      const places = [...(Properties["DefinitionString"] as string).matchAll(/\$\{(\w+)\}/g)];
      expect(Object.keys(Properties["DefinitionSubstitutions"] as object).toSorted()).toEqual(
        [...new Set(places.map(([, name]) => name!))].toSorted(),
      );
    },
  );

  test.each(["RecSysCollectorStack", "RecSysCoreStack"])(
    "Q102 %s logs everything to the one log group",
    (stack) => {
      const { StateMachine } = fillIn(template(stack), {
        ImageUri: IMAGE,
        LogGroupName: "shop-logs",
      }).Resources;
      expect(StateMachine!.Properties["LoggingConfiguration"]).toEqual({
        Level: "ALL",
        IncludeExecutionData: true,
        Destinations: [
          {
            CloudWatchLogsLogGroup: {
              LogGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:shop-logs:*",
            },
          },
        ],
      });
    },
  );

  test.each(["RecSysCollectorStack", "RecSysCoreStack"])(
    "%s has a rule for each completion, which tells a topic if there is one",
    (stack) => {
      const rule = (more = {}) =>
        fillIn(template(stack), { ImageUri: IMAGE, "StateMachine.Arn": "arn:machine", ...more })
          .Resources["Completion"]!.Properties;
      expect(rule()).toMatchObject({
        EventPattern: {
          source: ["aws.states"],
          detail: {
            stateMachineArn: ["arn:machine"],
            status: ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"],
          },
        },
      });
      expect(rule()["Targets"]).toBeUndefined();
      const topic = "arn:aws:sns:eu-west-1:111122223333:done";
      expect(rule({ CompletionTopicArn: topic })["Targets"]).toMatchObject([{ Arn: topic }]);
    },
  );
});

describe("RecSysResponderStack", () => {
  const responder = template("RecSysResponderStack");

  test("Q66 Q67 Q69 Q70 Q71 Q72 is RecSys-REST-APIs, stage prod, three GET routes", () => {
    expect(responder.Resources["Api"]!.Properties["Name"]).toBe("RecSys-REST-APIs");
    expect(responder.Resources["Stage"]!.Properties["StageName"]).toBe("prod");
    const parts = resourcesOf("RecSysResponderStack", "AWS::ApiGateway::Resource");
    expect(parts.map(([, { Properties }]) => Properties["PathPart"]).toSorted()).toEqual([
      "item-to-user",
      "popular",
      "recommend",
      "user-to-item",
    ]);
    const methods = resourcesOf("RecSysResponderStack", "AWS::ApiGateway::Method");
    expect(methods.map(([, { Properties }]) => Properties["HttpMethod"])).toEqual([
      "GET",
      "GET",
      "GET",
    ]);
  });

  test("Q68 says each route's URL", () => {
    const { Outputs } = fillIn(responder, { Api: "abc" });
    const base = "https://abc.execute-api.eu-west-1.amazonaws.com/prod";
    expect(Outputs).toMatchObject({
      ItemToUserUrl: { Value: `${base}/recommend/item-to-user` },
      UserToItemUrl: { Value: `${base}/recommend/user-to-item` },
      PopularUrl: { Value: `${base}/recommend/popular` },
    });
  });

  test.each([
    ["required", true],
    ["off", false],
  ])(
    "with ApiKeys %s the methods need a key: %s, in a deployment of its own",
    (ApiKeys, needed) => {
      const { Resources } = fillIn(responder, { ApiKeys });
      const methods = Object.values(Resources).filter(
        ({ Type }) => Type === "AWS::ApiGateway::Method",
      );
      expect(methods.map(({ Properties }) => Properties["ApiKeyRequired"])).toEqual([
        needed,
        needed,
        needed,
      ]);
      const deployments = Object.entries(Resources).filter(
        ([, { Type }]) => Type === "AWS::ApiGateway::Deployment",
      );
      expect(deployments).toHaveLength(1);
      const [[name, deployment]] = deployments as [[string, (typeof Resources)[string]]];
      expect(name.startsWith("DeploymentWithKeys")).toBe(needed);
      expect(Resources["Stage"]!.Properties["DeploymentId"]).toBe(`<${name}>`);
      // A deployment copies the methods: all of them, and the refusals, must be there before.
      expect(deployment.DependsOn).toEqual(
        expect.arrayContaining([
          "GetItemToUser",
          "GetUserToItem",
          "GetPopular",
          "NoKey",
          "TooMany",
        ]),
      );
    },
  );

  test("a key is needed unless the owner says otherwise, and calls are throttled", () => {
    expect(responder.Parameters["ApiKeys"]!.Default).toBe("required");
    expect(fillIn(responder, {}).Resources["Stage"]!.Properties["MethodSettings"]).toMatchObject([
      { ThrottlingRateLimit: "100", ThrottlingBurstLimit: "200" },
    ]);
  });

  test("A29 the function is Node 24, reads the bucket that is given, and logs to the one log group", () => {
    const { Function } = fillIn(responder, {
      BucketName: "shop",
      LogGroupName: "shop-logs",
      Deployment: "7",
    }).Resources;
    expect(Function!.Properties).toMatchObject({
      Runtime: "nodejs24.x",
      LoggingConfig: { LogGroup: "shop-logs" },
      Environment: { Variables: { RECSYS_BUCKET: "s3://shop", RECSYS_DEPLOYMENT: "7" } },
    });
  });
});
