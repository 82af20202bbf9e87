import { userInfo } from "node:os";

import { Argument, Command } from "commander";

import {
  cloudWarnings,
  deployOrder,
  openAccount,
  type OnFailure,
  prepareDeployment,
} from "../../cloud/index.ts";
import { type Deployment, deployStack, latestDeployment } from "../../recipe/index.ts";
import { type StackName, STACKS } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { changesText, eventLine } from "../cloud/cloud-words.ts";
import {
  onFailureOption,
  pairsOption,
  roleOption,
  type Target,
  targetOption,
} from "../cloud/target-option.ts";
import type { OpenSession, Session } from "../session.ts";

interface DeployFlags {
  readonly bucket: string;
  readonly target: Target;
  readonly image?: string;
  readonly code?: string;
  readonly parameter: Readonly<Record<string, string>>;
  readonly tag: Readonly<Record<string, string>>;
  readonly roleArn?: string;
  readonly onFailure?: OnFailure;
  readonly yes?: true;
}

/** `recsys deploy STACK`: freezes the configuration; in AWS, makes or changes the stack. */
export function deployCommand(open: OpenSession): Command {
  return new Command("deploy")
    .description("deploy a stack with the configuration as it is; in AWS: shows first what changes")
    .addArgument(new Argument("<stack>").choices(STACKS))
    .addOption(targetOption())
    .addOption(bucketOption())
    .option("--image <uri>", "collector and core in AWS: the jobs' image, in ECR")
    .option(
      "--code <file>",
      "responder in AWS: the function's code, recsys-responder.zip of a release (default: that of aws.release, else of this package)",
    )
    .addOption(pairsOption("--parameter <key=value>", "a parameter of the stack's template"))
    .addOption(pairsOption("--tag <key=value>", "a tag of the stack and of all that it makes"))
    .addOption(roleOption())
    .addOption(onFailureOption())
    .option("--yes", "in AWS: make the changes; without it they are only shown")
    .addHelpText("after", EXAMPLES)
    .action(async (stack: StackName, flags: DeployFlags, command: Command) => {
      const session = open(command);
      const bucket = await openBucket(session, flags.bucket);
      if (flags.target === "aws") return deployInAws(session, bucket, stack, flags);
      const { config } = session.configuration();
      const { number } = await deployStack(bucket, stack, config, now());
      session.print({ stack, number }, `The ${stack} is deployed, as configuration ${number}.`);
    });
}

async function deployInAws(
  session: Session,
  bucket: Bucket,
  stack: StackName,
  flags: DeployFlags,
): Promise<void> {
  const account = openAccount();
  const { config } = session.configuration();
  const { signal } = session;
  if (stack === "responder") {
    for (const warning of cloudWarnings(config)) session.note(`Warning: ${warning}`);
  }
  const { image, tag: tags, code, roleArn, onFailure } = flags;
  const parameters = {
    ...(image === undefined ? {} : { ImageUri: image }),
    ...flags.parameter,
  };
  const said = { parameters, tags, code, roleArn, onFailure };
  const prepare = async (deployment: number) =>
    prepareDeployment(
      account,
      stack,
      await deployOrder(stack, { bucket, config, deployment, said }),
      { name: `recsys-deployment-${deployment}`, signal },
    );
  if (flags.yes !== true) {
    const prepared = await prepare((await latestDeployment(bucket, stack)) + 1);
    await prepared.drop();
    const { stack: name, isNew, isNothing, changes } = prepared;
    const text = `${changesText(prepared)}\n\nNothing was changed; --yes makes these changes.`;
    session.print({ stack: name, isNew, isNothing, changes, made: false }, text);
    return;
  }
  let outputs: Readonly<Record<string, string>> = {};
  const make = async ({ number }: Deployment): Promise<void> => {
    const prepared = await prepare(number);
    session.note(changesText(prepared));
    ({ outputs } = await prepared.begin((event) => {
      session.note(eventLine(event));
    }));
  };
  const { number } = await deployStack(bucket, stack, config, now(), make);
  const told = Object.entries(outputs).map(([key, value]) => `  ${key}: ${value}`);
  const text = [
    `The ${stack} is deployed in ${account.region}, as configuration ${number}.`,
    ...told,
  ];
  session.print({ stack, number, region: account.region, outputs }, text.join("\n"));
}

function now(): { readonly by: string; readonly at: Date } {
  return { by: userInfo().username, at: new Date() };
}

const EXAMPLES = `
Examples:
  recsys deploy collector
  recsys deploy collector --target aws --bucket s3://my-bucket --image 111122223333.dkr.ecr.eu-west-1.amazonaws.com/recsys:1.0
  recsys deploy responder --target aws --bucket s3://my-bucket --code recsys-responder.zip --yes`;
