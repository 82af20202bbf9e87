import { Fn } from "aws-cdk-lib";
import { CfnRole } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

import { attach } from "../access/conditional-policy.ts";
import {
  allow,
  allowOnAny,
  arn,
  policyDocument,
  reasons,
  type Statement,
} from "../access/statement.ts";
import { type BucketKey, keyAccess } from "../bucket.ts";
import { bucketArn, type NamedBucket, objectsArn } from "./named-bucket.ts";
import type { PanelParameters } from "./parameters.ts";

/** What the panel itself may do: its bucket, its stacks (through the deploy role), its workflows, their logs. */
export function instanceRole(
  scope: Construct,
  props: {
    readonly bucket: NamedBucket;
    readonly key: BucketKey;
    readonly deployer: CfnRole;
    readonly parameters: PanelParameters;
  },
): CfnRole {
  const { bucket, key, deployer, parameters } = props;
  const always = [...storage(bucket), ...stacks(deployer), ...workflows(), ...logs()];
  const optional = [
    keyAccess(key),
    { name: "ListBuckets", condition: parameters.mayListBuckets, statements: [listBuckets] },
    { name: "ListLogGroups", condition: parameters.mayListLogGroups, statements: [listLogGroups] },
    {
      name: "Certificate",
      condition: parameters.hasTlsSecret,
      statements: [
        allow("ReadCertificate", ["secretsmanager:GetSecretValue"], [parameters.tlsSecretArn]),
      ],
    },
  ];
  const role = new CfnRole(scope, "InstanceRole", {
    description: "The instance of RecSys's panel and dashboard",
    assumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: Fn.sub("ec2.${AWS::URLSuffix}") },
          Action: "sts:AssumeRole",
        },
      ],
    },
    policies: [{ policyName: "Base", policyDocument: policyDocument(always) }],
  });
  role.addMetadata("RecSys", { AnyResource: reasons(always) });
  attach(role, optional);
  return role;
}

function storage(bucket: NamedBucket): readonly Statement[] {
  return [
    allow(
      "KeepObjects",
      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      [objectsArn(bucket)],
    ),
    allow("ListObjects", ["s3:ListBucket", "s3:GetBucketLocation"], [bucketArn(bucket)]),
    allow(
      "TakeRelease",
      ["s3:GetObject"],
      [Fn.sub("arn:${AWS::Partition}:s3:::${ReleaseBucket}/${ReleasePrefix}/*")],
    ),
  ];
}

function stacks(deployer: CfnRole): readonly Statement[] {
  return [
    allow(
      "DeployStacks",
      [
        "cloudformation:CreateChangeSet",
        "cloudformation:DeleteChangeSet",
        "cloudformation:DeleteStack",
        "cloudformation:DescribeChangeSet",
        "cloudformation:DescribeStackEvents",
        "cloudformation:DescribeStackResourceDrifts",
        "cloudformation:DescribeStackResources",
        "cloudformation:DescribeStacks",
        "cloudformation:DetectStackDrift",
        "cloudformation:ExecuteChangeSet",
        "cloudformation:GetTemplate",
        "cloudformation:ListStackResources",
      ],
      ["Collector", "Core", "Responder"].map((name) =>
        arn("cloudformation", `stack/RecSys${name}Stack/*`),
      ),
    ),
    allow("GiveDeployRole", ["iam:PassRole"], [deployer.attrArn], {
      StringEquals: { "iam:PassedToService": "cloudformation.amazonaws.com" },
    }),
    allowOnAny(
      "FollowDriftDetection",
      ["cloudformation:DescribeStackDriftDetectionStatus"],
      "A detection is named by an id that CloudFormation gives; the action has no resource",
    ),
  ];
}

function workflows(): readonly Statement[] {
  return [
    allow(
      "StartExecutions",
      ["states:StartExecution", "states:ListExecutions", "states:DescribeStateMachine"],
      [arn("states", "stateMachine:RecSysRecipe*")],
    ),
    allow(
      "FollowExecutions",
      [
        "states:DescribeExecution",
        "states:GetExecutionHistory",
        "states:RedriveExecution",
        "states:StopExecution",
      ],
      [arn("states", "execution:RecSysRecipe*")],
    ),
  ];
}

/** SageMaker's log groups of the two kinds of job; a stream is called by its job, and RecSys's begin with `recsys-`. */
const JOB_LOGS = ["/aws/sagemaker/ProcessingJobs", "/aws/sagemaker/TrainingJobs"];

function logs(): readonly Statement[] {
  return [
    allow(
      "MakeLogGroup",
      ["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:TagResource"],
      [arn("logs", "log-group:${LogGroupName}"), arn("logs", "log-group:${LogGroupName}:*")],
    ),
    allow(
      "ReadLogGroup",
      ["logs:DescribeLogStreams", "logs:GetLogEvents"],
      [arn("logs", "log-group:${LogGroupName}"), arn("logs", "log-group:${LogGroupName}:*")],
    ),
    allow(
      "FindLogsOfJobs",
      ["logs:DescribeLogStreams"],
      JOB_LOGS.flatMap((group) => [
        arn("logs", `log-group:${group}`),
        arn("logs", `log-group:${group}:*`),
      ]),
    ),
    allow(
      "ReadLogsOfJobs",
      ["logs:GetLogEvents"],
      JOB_LOGS.map((group) => arn("logs", `log-group:${group}:log-stream:recsys-*`)),
    ),
  ];
}

const listBuckets = allowOnAny(
  "ListBuckets",
  ["s3:ListAllMyBuckets"],
  "All buckets are listed or none: AccessS3Buckets asks for it (A28)",
);

const listLogGroups = allowOnAny(
  "ListLogGroups",
  ["logs:DescribeLogGroups"],
  "All log groups are listed or none: AccessCloudWatchLogGroups asks for it (A28)",
);
