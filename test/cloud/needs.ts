import { allows, type PolicyStatement, type RequestContext } from "./policies.ts";
import type { Resource, Template } from "./templates.ts";

/** Actions, with spaces between, on a resource, and what the request says besides. */
export type Need = readonly [actions: string, arn: string, context?: RequestContext];

/** What CloudFormation asks of whoever lets it create, change, tag and delete a resource. */
type Needs = (resource: Resource) => readonly Need[];

/** What of the needs the statements do not allow. */
export function missingOf(
  statements: readonly PolicyStatement[],
  needs: readonly Need[],
): readonly string[] {
  return needs.flatMap(([actions, arn, context]) =>
    actions
      .split(" ")
      .filter((action) => !allows(statements, action, arn, context))
      .map((action) => `${action} ${arn}`),
  );
}

/** The needs of all resources of a filled-in template. */
export function needsOf({ Resources }: Template): readonly Need[] {
  return Object.values(Resources).flatMap((resource) => {
    const needs = NEEDS[resource.Type];
    if (needs === undefined)
      throw new Error(`what ${resource.Type} needs is not known; add it to needs.ts`);
    return needs(resource);
  });
}

const property = ({ Properties }: Resource, name: string): string => String(Properties[name]);
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const here = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const api = (path: string) => `arn:aws:apigateway:eu-west-1::${path}`;
const verbs = "GET POST PUT PATCH DELETE".split(" ").map((verb) => `apigateway:${verb}`);
const NAMELESS = "RecSysPanelAdmin-ANY";

/** By the permissions of the handlers in CloudFormation's public registry, as remembered: no account was at hand. */
const NEEDS: Readonly<Record<string, Needs>> = {
  "AWS::IAM::Role": (resource) => {
    const arn = role((resource.Properties["RoleName"] as string | undefined) ?? NAMELESS);
    const bounds = resource.Properties["PermissionsBoundary"] as string | undefined;
    return [
      [
        "iam:DeleteRole iam:GetRole iam:DeleteRolePolicy iam:GetRolePolicy " +
          "iam:ListRolePolicies iam:ListAttachedRolePolicies iam:UpdateRole iam:UpdateRoleDescription " +
          "iam:UpdateAssumeRolePolicy iam:TagRole iam:UntagRole",
        arn,
      ],
      [
        "iam:CreateRole iam:PutRolePolicy",
        arn,
        bounds === undefined ? {} : { "iam:PermissionsBoundary": bounds },
      ],
      ...(bounds === undefined
        ? []
        : ([
            ["iam:PutRolePermissionsBoundary", arn, { "iam:PermissionsBoundary": bounds }],
          ] as const)),
      ...passed(resource).map((service): Need => [
        "iam:PassRole",
        arn,
        { "iam:PassedToService": service },
      ]),
    ];
  },
  // Attached to roles of the same stack: the needs are those of the roles.
  "AWS::IAM::Policy": () => [],
  "AWS::IAM::ManagedPolicy": () => [
    [
      "iam:CreatePolicy iam:DeletePolicy iam:GetPolicy iam:GetPolicyVersion iam:CreatePolicyVersion " +
        "iam:DeletePolicyVersion iam:ListPolicyVersions",
      `arn:aws:iam::111122223333:policy/${NAMELESS}`,
    ],
  ],
  "AWS::IAM::InstanceProfile": () => [
    [
      "iam:CreateInstanceProfile iam:DeleteInstanceProfile iam:GetInstanceProfile " +
        "iam:AddRoleToInstanceProfile iam:RemoveRoleFromInstanceProfile",
      `arn:aws:iam::111122223333:instance-profile/${NAMELESS}`,
    ],
  ],
  "AWS::StepFunctions::StateMachine": (resource) => [
    [
      "states:CreateStateMachine states:UpdateStateMachine states:DeleteStateMachine states:DescribeStateMachine " +
        "states:TagResource states:UntagResource states:ListTagsForResource",
      here("states", `stateMachine:${property(resource, "StateMachineName")}`),
    ],
  ],
  "AWS::Events::Rule": (resource) => [
    [
      "events:PutRule events:DeleteRule events:DescribeRule events:PutTargets events:RemoveTargets events:ListTargetsByRule",
      here("events", `rule/${property(resource, "Name")}`),
    ],
  ],
  "AWS::Lambda::Function": (resource) => [
    [
      "lambda:CreateFunction lambda:DeleteFunction lambda:GetFunction lambda:UpdateFunctionCode " +
        "lambda:UpdateFunctionConfiguration lambda:TagResource lambda:UntagResource lambda:ListTags",
      here("lambda", `function:${property(resource, "FunctionName")}`),
    ],
    ["s3:GetObject", codeOf(resource)],
  ],
  "AWS::Lambda::Permission": () => [
    [
      "lambda:AddPermission lambda:RemovePermission lambda:GetPolicy",
      here("lambda", "function:RecSys-Responder"),
    ],
  ],
  "AWS::ApiGateway::RestApi": () => [
    [verbs.join(" "), api("/restapis/any")],
    ["apigateway:POST", api("/restapis")],
  ],
  "AWS::ApiGateway::Resource": () => [[verbs.join(" "), api("/restapis/any/resources/any")]],
  "AWS::ApiGateway::Method": () => [
    [verbs.join(" "), api("/restapis/any/resources/any/methods/GET")],
  ],
  "AWS::ApiGateway::GatewayResponse": () => [
    [verbs.join(" "), api("/restapis/any/gatewayresponses/THROTTLED")],
  ],
  "AWS::ApiGateway::Deployment": () => [[verbs.join(" "), api("/restapis/any/deployments/any")]],
  "AWS::ApiGateway::Stage": () => [[verbs.join(" "), api("/restapis/any/stages/prod")]],
  "AWS::S3::Bucket": () => [
    [
      "s3:CreateBucket s3:DeleteBucket s3:PutEncryptionConfiguration s3:PutBucketPublicAccessBlock s3:PutBucketOwnershipControls " +
        "s3:PutBucketVersioning s3:PutLifecycleConfiguration s3:PutBucketTagging",
      "arn:aws:s3:::recsyspaneladmin-bucket-any",
    ],
  ],
  "AWS::S3::BucketPolicy": () => [
    [
      "s3:GetBucketPolicy s3:PutBucketPolicy s3:DeleteBucketPolicy",
      "arn:aws:s3:::recsyspaneladmin-bucket-any",
    ],
  ],
  "AWS::EC2::EIP": () => [
    ["ec2:AllocateAddress ec2:ReleaseAddress ec2:DescribeAddresses ec2:CreateTags", "*"],
  ],
  "AWS::EC2::EIPAssociation": () => [["ec2:AssociateAddress ec2:DisassociateAddress", "*"]],
  "AWS::EC2::SecurityGroup": () => [
    [
      "ec2:CreateSecurityGroup ec2:DeleteSecurityGroup ec2:DescribeSecurityGroups ec2:AuthorizeSecurityGroupIngress " +
        "ec2:AuthorizeSecurityGroupEgress ec2:RevokeSecurityGroupIngress ec2:RevokeSecurityGroupEgress",
      "*",
    ],
  ],
  "AWS::EC2::Instance": () => [
    [
      "ec2:RunInstances ec2:TerminateInstances ec2:DescribeInstances ec2:ModifyInstanceAttribute",
      "*",
    ],
  ],
};

/** The service that CloudFormation hands a role to. Jobs' roles the state machines hand on, CloudFormation's own the panel. */
function passed({ Properties }: Resource): readonly string[] {
  const { Statement } = Properties["AssumeRolePolicyDocument"] as {
    readonly Statement: readonly { readonly Principal: { readonly Service: string } }[];
  };
  const later = ["sagemaker.amazonaws.com", "cloudformation.amazonaws.com"];
  return Statement.map(({ Principal }) => Principal.Service).filter(
    (service) => !later.includes(service),
  );
}

/** The object that Lambda takes the code from, with the rights of whoever makes the function. */
function codeOf({ Properties }: Resource): string {
  const { S3Bucket, S3Key } = Properties["Code"] as Readonly<Record<"S3Bucket" | "S3Key", string>>;
  return `arn:aws:s3:::${S3Bucket}/${S3Key}`;
}
