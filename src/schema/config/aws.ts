import { z } from "zod";

const Arn = z
  .string()
  .regex(/^arn:[a-z0-9-]+:\S+$/, "an ARN, such as arn:aws:iam::111122223333:role/NAME");

/** The stacks in an AWS account; on one machine nothing of this counts. */
export const AwsConfig = z.strictObject({
  imageUri: z
    .string()
    .regex(
      /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/[a-z0-9._/-]+(:[\w.-]{1,128}|@sha256:[0-9a-f]{64})$/,
      "an image in ECR with its tag, such as 111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys:1.0",
    )
    .optional()
    .meta({
      title: "Image of the jobs",
      description:
        "Container image of the collector's and the core's jobs, in ECR and in the stacks' region.",
    }),
  release: z
    .string()
    .regex(
      /^s3:\/\/[a-z0-9.-]{3,63}(\/[\w.-]+)*$/,
      "a place in S3, such as s3://my-releases/recsys/0.1.0",
    )
    .optional()
    .meta({
      title: "Release",
      description:
        "Where in S3 the release is whose function answers the API; without it, the function of this package.",
    }),
  memoryMegabytes: z.int().min(256).max(10_240).default(1024).meta({
    title: "Memory of the function",
    description: "Megabytes of the function behind the API. A thousand users or items take 0.12.",
  }),
  requestsPerSecond: z.int().min(1).max(10_000).default(100).meta({
    title: "Requests per second",
    description: "What the API takes at most, in the long run.",
  }),
  burstRequests: z.int().min(1).max(5_000).default(200).meta({
    title: "Requests at once",
    description: "What the API takes at most, for a moment.",
  }),
  apiAccessLogs: z.boolean().optional().meta({
    title: "Access logs of the API",
    description:
      "Does API Gateway log each call, too? The account needs a role for API Gateway's logs; the function logs calls in any case.",
  }),
  completionTopicArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:\S+$/, "the ARN of an SNS topic")
    .optional()
    .meta({
      title: "Topic of completions",
      description:
        "SNS topic that is told of each execution's end; its policy must let `events.amazonaws.com` publish.",
    }),
  bucketKmsKeyArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:kms:\S+:\d{12}:key\/\S+$/, "the ARN of a key in KMS")
    .optional()
    .meta({
      title: "Key of the bucket",
      description:
        "Key of yours that encrypts the bucket (SSE-KMS), so that jobs and function may read and write what it encrypts.",
    }),
  tags: z
    .array(z.string().regex(/^[^=]{1,128}=.{0,256}$/, "a pair KEY=VALUE"))
    .default([])
    .meta({
      title: "Tags",
      description: "Tags of the stacks and of all that they make, as KEY=VALUE.",
    }),
  onFailure: z.enum(["ROLLBACK", "DO_NOTHING", "DELETE"]).default("ROLLBACK").meta({
    title: "Stack failure options",
    description:
      "What becomes of a stack that cannot be made or changed: all is rolled back, it is left as it is, or deleted.",
  }),
  deployRoleArn: Arn.optional().meta({
    title: "Role of the deployer",
    description: "IAM role that CloudFormation takes on; your own rights without it.",
  }),
  boundaryArn: Arn.optional().meta({
    title: "Permissions boundary",
    description: "The most that any role of the stacks may do.",
  }),
});
export type AwsConfig = z.infer<typeof AwsConfig>;
