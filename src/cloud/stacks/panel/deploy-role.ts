import { Fn } from "aws-cdk-lib";
import { type CfnManagedPolicy, CfnRole } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

import { trustOf } from "../access/component-role.ts";
import { attach } from "../access/conditional-policy.ts";
import { allow, arn, policyDocument, type Statement } from "../access/statement.ts";
import { type BucketKey, keyAccess } from "../bucket.ts";
import { type NamedBucket, objectsArn } from "./named-bucket.ts";

/**
 * The role that CloudFormation takes on to create, change and remove the collector's, the core's and the responder's stack:
 * what their resources need, by their names, and roles only within the boundary.
 */
export function deployRole(
  scope: Construct,
  props: {
    readonly bucket: NamedBucket;
    readonly key: BucketKey;
    readonly boundary: CfnManagedPolicy;
  },
): CfnRole {
  const { bucket, key, boundary } = props;
  const role = new CfnRole(scope, "DeployRole", {
    description: "CloudFormation, when it creates, changes or removes RecSys's stacks",
    assumeRolePolicyDocument: trustOf("cloudformation.amazonaws.com"),
    policies: [
      {
        policyName: "Stacks",
        policyDocument: policyDocument([
          ...roles(boundary),
          ...workflows(),
          ...responder(),
          allow("TakeCode", ["s3:GetObject"], [objectsArn(bucket, "dist/")]),
        ]),
      },
    ],
  });
  // The function's code is encrypted as all of the bucket is.
  attach(role, [keyAccess(key)]);
  return role;
}

function roles(boundary: CfnManagedPolicy): readonly Statement[] {
  const own = [Fn.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/RecSys-*")];
  return [
    allow(
      "MakeRolesWithinBoundary",
      ["iam:CreateRole", "iam:PutRolePolicy", "iam:PutRolePermissionsBoundary"],
      own,
      { StringEquals: { "iam:PermissionsBoundary": boundary.ref } },
    ),
    allow(
      "KeepRoles",
      [
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
        "iam:ListRoleTags",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      own,
    ),
    allow("GiveRoles", ["iam:PassRole"], own, {
      StringEquals: { "iam:PassedToService": ["states.amazonaws.com", "lambda.amazonaws.com"] },
    }),
  ];
}

function workflows(): readonly Statement[] {
  return [
    allow(
      "KeepStateMachines",
      [
        "states:CreateStateMachine",
        "states:DeleteStateMachine",
        "states:DescribeStateMachine",
        "states:ListTagsForResource",
        "states:TagResource",
        "states:UntagResource",
        "states:UpdateStateMachine",
      ],
      [arn("states", "stateMachine:RecSysRecipe*")],
    ),
    allow(
      "KeepRules",
      [
        "events:DeleteRule",
        "events:DescribeRule",
        "events:ListTagsForResource",
        "events:ListTargetsByRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
        "events:TagResource",
        "events:UntagResource",
      ],
      [arn("events", "rule/RecSys-*")],
    ),
  ];
}

function responder(): readonly Statement[] {
  const apis = (path: string): string =>
    Fn.sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}::${path}`);
  return [
    allow(
      "KeepFunction",
      [
        "lambda:AddPermission",
        "lambda:CreateFunction",
        "lambda:DeleteFunction",
        "lambda:GetFunction",
        "lambda:GetFunctionCodeSigningConfig",
        "lambda:GetFunctionConfiguration",
        "lambda:GetPolicy",
        "lambda:GetRuntimeManagementConfig",
        "lambda:ListTags",
        "lambda:RemovePermission",
        "lambda:TagResource",
        "lambda:UntagResource",
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
      ],
      [arn("lambda", "function:RecSys-Responder")],
    ),
    // An API's number is not known before it is there, so its path cannot be named.
    allow(
      "KeepApi",
      [
        "apigateway:DELETE",
        "apigateway:GET",
        "apigateway:PATCH",
        "apigateway:POST",
        "apigateway:PUT",
      ],
      ["/restapis", "/restapis/*", "/tags/*"].map(apis),
    ),
  ];
}
