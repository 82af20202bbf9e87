import { Fn } from "aws-cdk-lib";
import { CfnManagedPolicy } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

import {
  allow,
  allowOnAny,
  arn,
  policyDocument,
  reasons,
  type Statement,
} from "../access/statement.ts";
import { bucketArn, type NamedBucket, objectsArn } from "./named-bucket.ts";

/**
 * The most that any role of the product's stacks may ever do. CloudFormation may make roles for the panel only within
 * it, so whoever takes the panel over cannot make themselves an admin of the account.
 */
export function boundary(scope: Construct, bucket: NamedBucket): CfnManagedPolicy {
  const statements = boundaryStatements(bucket);
  const policy = new CfnManagedPolicy(scope, "Boundary", {
    description: "The most that a role of RecSys's stacks may do",
    policyDocument: policyDocument(statements),
  });
  policy.addMetadata("RecSys", { AnyResource: reasons(statements) });
  return policy;
}

function boundaryStatements(bucket: NamedBucket): readonly Statement[] {
  return [
    allow(
      "Objects",
      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      [objectsArn(bucket)],
    ),
    allow("Listing", ["s3:ListBucket"], [bucketArn(bucket)]),
    allowOnAny(
      "KeyOfBucket",
      ["kms:Decrypt", "kms:GenerateDataKey"],
      "Which key encrypts the bucket is known to the stacks, not here; only through S3",
      {
        StringEquals: { "kms:ViaService": Fn.sub("s3.${AWS::Region}.${AWS::URLSuffix}") },
      },
    ),
    allow(
      "Image",
      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      [Fn.sub("arn:${AWS::Partition}:ecr:*:*:repository/*")],
    ),
    allow(
      "Logs",
      [
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
      ],
      [arn("logs", "log-group:/aws/sagemaker/*"), arn("logs", "log-group:*:*")],
    ),
    allow(
      "Jobs",
      [
        ...["Processing", "Training"].flatMap((kind) =>
          ["Create", "Describe", "Stop"].map((verb) => `sagemaker:${verb}${kind}Job`),
        ),
        "sagemaker:AddTags",
        "sagemaker:ListTags",
      ],
      [arn("sagemaker", "processing-job/recsys-*"), arn("sagemaker", "training-job/recsys-*")],
    ),
    allow(
      "WaitForJobs",
      ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
      [arn("events", "rule/StepFunctionsGetEventsForSageMaker*")],
    ),
    allow(
      "RolesOfJobs",
      ["iam:PassRole"],
      [Fn.sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/RecSys-*")],
      { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    ),
    allowOnAny(
      "WithoutResource",
      [
        "ecr:GetAuthorizationToken",
        "logs:CreateLogDelivery",
        "logs:GetLogDelivery",
        "logs:UpdateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
        "cloudwatch:PutMetricData",
      ],
      "These actions have no resource in AWS",
    ),
  ];
}
