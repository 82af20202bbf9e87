import type { RecSysConfig, StackName } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { UsageError } from "../usage-error.ts";

/** What a stack's parameters are worked out from. */
export interface ParameterSources {
  readonly bucket: Bucket;
  readonly config: RecSysConfig;
  /** Number of the configuration that is deployed. */
  readonly deployment: number;
  /** The jobs' image in ECR. */
  readonly image: string | undefined;
  /** Key of the function's code in the bucket. */
  readonly codeKey: string | undefined;
  /** The owner's own; they win. */
  readonly given: Readonly<Record<string, string>>;
}

/**
 * The parameters of a stack's template (docs/aws.md, "The other stacks").
 *
 * @throws UsageError where one has to be given and is not
 */
export function stackParameters(
  stack: StackName,
  { bucket, config, deployment, image, codeKey, given }: ParameterSources,
): Readonly<Record<string, string>> {
  const common = {
    BucketName: bucketName(bucket.url),
    BucketPrefix: config.bucketPrefix,
    LogGroupName: config.logGroup,
    Deployment: String(deployment),
  };
  if (stack !== "responder") {
    const ImageUri = image ?? given["ImageUri"];
    if (ImageUri === undefined) {
      throw new UsageError(
        `the ${stack}'s jobs need an image: --image <account>.dkr.ecr.<region>.amazonaws.com/<name>:<tag>`,
      );
    }
    return { ...common, ImageUri, ...given };
  }
  const code = codeKey === undefined ? {} : { CodeBucket: common.BucketName, CodeKey: codeKey };
  if (codeKey === undefined && given["CodeKey"] === undefined) {
    throw new UsageError(
      "the responder needs its function's code: --code recsys-responder.zip of a release",
    );
  }
  const ApiKeys = config.responder.apiKeys.mode;
  return { ...common, ApiKeys, ...code, ...given };
}

/** @throws UsageError if the bucket is a folder of this machine */
export function bucketName(url: string): string {
  const name = /^s3:\/\/([^/]+)/.exec(url)?.[1];
  if (name !== undefined) return name;
  throw new UsageError(`stacks in AWS need a bucket in S3: --bucket s3://my-bucket, not ${url}`);
}
