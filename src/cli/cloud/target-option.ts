import { InvalidArgumentError, Option } from "commander";

import { ON_FAILURE } from "../../cloud/index.ts";

/** Where stacks stand: on this machine, or in the AWS account of the environment. */
export type Target = "local" | "aws";

/** `--target local|aws`. */
export function targetOption(): Option {
  return new Option("--target <place>", "this machine, or the AWS account of AWS_PROFILE …")
    .choices(["local", "aws"] satisfies Target[])
    .default("local" satisfies Target);
}

/** `--role-arn ARN`. */
export function roleOption(): Option {
  return new Option(
    "--role-arn <arn>",
    "IAM role that CloudFormation takes on (default: your own)",
  );
}

/** `--on-failure WHAT`. */
export function onFailureOption(): Option {
  return new Option(
    "--on-failure <what>",
    "what becomes of a stack that fails (default: ROLLBACK, or as configured)",
  ).choices(ON_FAILURE);
}

/** An option that is given once for each pair, `KEY=VALUE`. */
export function pairsOption(flags: string, description: string): Option {
  return new Option(flags, description).default({}, "none").argParser(addPair);
}

function addPair(
  text: string,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) {
    throw new InvalidArgumentError(`expected KEY=VALUE, got "${text}"`);
  }
  return { ...before, [key]: value };
}
