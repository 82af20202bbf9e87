import type { RecSysConfig, StackName } from "../../schema/index.ts";
import { readDeployment } from "../../recipe/index.ts";
import type { Bucket } from "../../storage/index.ts";
import type { OnFailure } from "./change-set.ts";
import type { DeployOrder } from "./deploy-cloud-stack.ts";
import { functionCode } from "./function-code.ts";
import { optionalParameters, stackParameters, tagsOf } from "./stack-parameters.ts";

/** What deploying a configuration is worked out from. */
export interface OrderSources {
  readonly bucket: Bucket;
  readonly config: RecSysConfig;
  /** Number of the configuration that is deployed. */
  readonly deployment: number;
  /** What the owner says besides the configuration, on the command line; it wins. */
  readonly said?: {
    readonly parameters?: Readonly<Record<string, string>>;
    readonly tags?: Readonly<Record<string, string>>;
    /** A file of the function's code. */
    readonly code?: string | undefined;
    readonly roleArn?: string | undefined;
    readonly onFailure?: OnFailure | undefined;
  };
}

/**
 * The order to deploy a stack, the same from the panel and from the command line.
 *
 * @throws ParameterError where something has to be given and is not, or AWS cannot reach the bucket
 */
export async function deployOrder(
  stack: StackName,
  { bucket, config, deployment, said = {} }: OrderSources,
): Promise<DeployOrder> {
  const { parameters: given = {}, tags = {} } = said;
  const code =
    stack === "responder" && given["CodeKey"] === undefined
      ? await functionCode(bucket, config, { file: said.code })
      : undefined;
  return {
    parameters: stackParameters(stack, { bucket, config, deployment, code, given }),
    tags: { ...tagsOf(config), ...tags },
    roleArn: said.roleArn ?? config.aws.deployRoleArn,
    onFailure: said.onFailure ?? config.aws.onFailure,
    code,
    forgotten: await forgottenParameters(stack, bucket, config),
  };
}

/** What the deployed configuration named and this one does not. */
async function forgottenParameters(
  stack: StackName,
  bucket: Bucket,
  config: RecSysConfig,
): Promise<readonly string[]> {
  const deployed = await readDeployment(bucket, stack);
  if (deployed === undefined) return [];
  const named = optionalParameters(stack, config);
  return Object.keys(optionalParameters(stack, deployed.config)).filter((name) => !(name in named));
}
