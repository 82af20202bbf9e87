import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { SFNClient } from "@aws-sdk/client-sfn";

/** The services of an AWS account that stacks are deployed, executed and watched with. */
export interface Account {
  readonly region: string;
  readonly stacks: CloudFormationClient;
  readonly workflows: SFNClient;
  readonly logs: CloudWatchLogsClient;
}

/**
 * The account of the environment, found as every AWS tool finds it: `AWS_PROFILE`, `AWS_ACCESS_KEY_ID` …, or the instance's role; the
 * region from `AWS_REGION`. `AWS_ENDPOINT_URL` leads to an emulator.
 *
 * @throws NoRegionError where no region is named
 */
export function openAccount(environment: NodeJS.ProcessEnv = process.env): Account {
  const region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"];
  if (region === undefined || region === "") throw new NoRegionError();
  const endpoint = environment["AWS_ENDPOINT_URL"];
  const settings = {
    region,
    maxAttempts: ATTEMPTS,
    ...(endpoint === undefined || endpoint === "" ? {} : { endpoint }),
  };
  return {
    region,
    stacks: new CloudFormationClient(settings),
    workflows: new SFNClient(settings),
    logs: new CloudWatchLogsClient(settings),
  };
}

/** Throttled calls are made again; the client waits longer each time. */
const ATTEMPTS = 8;

/** Nothing says where in AWS the stacks are to stand. */
export class NoRegionError extends Error {
  override readonly name = "NoRegionError";
  constructor() {
    super("no AWS region is named; set AWS_REGION, such as AWS_REGION=eu-west-1");
  }
}
