import type { RecSysConfig, StackName } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { ParameterError } from "./check-parameters.ts";
import type { FunctionCode } from "./function-code.ts";

/** What a stack's parameters are worked out from. */
export interface ParameterSources {
  readonly bucket: Pick<Bucket, "url">;
  readonly config: RecSysConfig;
  /** Number of the configuration that is deployed. */
  readonly deployment: number;
  /** The function's code, for the responder; in the owner's bucket. */
  readonly code?: Pick<FunctionCode, "key"> | undefined;
  /** The owner's own; they win. */
  readonly given?: Readonly<Record<string, string>>;
}

/**
 * The parameters of a stack's template (docs/aws.md, "The other stacks").
 *
 * @throws ParameterError where one has to be given and is not, or AWS cannot reach the bucket
 */
export function stackParameters(
  stack: StackName,
  { bucket, config, deployment, code, given = {} }: ParameterSources,
): Readonly<Record<string, string>> {
  const { aws } = config;
  const common = {
    BucketName: bucketName(bucket.url),
    BucketPrefix: config.bucketPrefix,
    LogGroupName: config.logGroup,
    Deployment: String(deployment),
    ...optionalParameters(stack, config),
  };
  if (stack !== "responder") {
    const ImageUri = given["ImageUri"] ?? aws.imageUri;
    if (ImageUri === undefined) {
      throw new ParameterError(
        `the ${stack}'s jobs need an image: set aws.imageUri, or --image <account>.dkr.ecr.<region>.amazonaws.com/<name>:<tag>`,
      );
    }
    return { ...common, ImageUri, ...given };
  }
  return {
    ...common,
    MemoryMegabytes: String(aws.memoryMegabytes),
    RequestsPerSecond: String(aws.requestsPerSecond),
    BurstRequests: String(aws.burstRequests),
    ...(code === undefined ? {} : { CodeBucket: common.BucketName, CodeKey: code.key }),
    ...given,
  };
}

/** Those that the configuration may leave out; what it leaves out stays as it was deployed. */
export function optionalParameters(
  stack: StackName,
  { aws }: Pick<RecSysConfig, "aws">,
): Readonly<Record<string, string>> {
  const all = {
    PermissionsBoundaryArn: aws.boundaryArn,
    BucketKmsKeyArn: aws.bucketKmsKeyArn,
    ...(stack === "responder"
      ? { ApiAccessLogs: aws.apiAccessLogs?.toString() }
      : { CompletionTopicArn: aws.completionTopicArn }),
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The stack's tags: `["Team=shop"]` as `{ Team: "shop" }`. */
export function tagsOf({ aws }: RecSysConfig): Readonly<Record<string, string>> {
  return Object.fromEntries(
    aws.tags.map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** @throws ParameterError if the bucket is a folder of this machine */
export function bucketName(url: string): string {
  const name = /^s3:\/\/([^/]+)/.exec(url)?.[1];
  if (name !== undefined) return name;
  throw new ParameterError(
    `stacks in AWS need a bucket in S3: --bucket s3://my-bucket, not ${url}`,
  );
}
