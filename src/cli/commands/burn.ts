import { Argument, Command } from "commander";

import {
  type Account,
  burnCloudStack,
  CLOUD_STACKS,
  isNew,
  listBurn,
  openAccount,
  readStack,
  runningInAccount,
  StackFailedError,
} from "../../cloud/index.ts";
import { runningExecutions, undeployStack, whyNotBurnable } from "../../recipe/index.ts";
import { type StackName, STACKS } from "../../schema/index.ts";
import type { Bucket } from "../../storage/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { burnText, eventLine } from "../cloud/cloud-words.ts";
import { roleOption } from "../cloud/target-option.ts";
import type { OpenSession } from "../session.ts";

interface BurnFlags {
  readonly bucket: string;
  readonly roleArn?: string;
  readonly leaveFailed?: true;
  readonly yes?: true;
}

/** `recsys burn STACK`: removes a stack from the AWS account; the bucket stays. */
export function burnCommand(open: OpenSession): Command {
  return new Command("burn")
    .description("remove a stack from the AWS account; shows first what goes, and what stays")
    .addArgument(new Argument("<stack>").choices(STACKS))
    .addOption(bucketOption())
    .addOption(roleOption())
    .option(
      "--leave-failed",
      "after a removal that failed: leave in the account what it could not remove, and forget it",
    )
    .option("--yes", "remove it; without it is only shown what would be")
    .addHelpText("after", EXAMPLES)
    .action(
      async (
        stack: StackName,
        { bucket: place, leaveFailed, ...flags }: BurnFlags,
        command: Command,
      ) => {
        const session = open(command);
        const account = openAccount();
        const bucket = await openBucket(session, place);
        const list = await listBurn(account, stack);
        if (list === undefined) {
          throw new StackFailedError(`there is no ${stack} stack in ${account.region} to burn`);
        }
        if (flags.yes !== true) {
          const text = `${burnText(list)}\n\nNothing was removed; --yes removes it.`;
          session.print({ ...list, burned: false }, text);
          return;
        }
        await checkBurnable(account, bucket, stack);
        session.note(burnText(list));
        await burnCloudStack(account, stack, {
          roleArn: flags.roleArn ?? session.configuration().config.aws.deployRoleArn,
          leaveFailed,
          tell: (event) => {
            session.note(eventLine(event));
          },
          signal: session.signal,
        });
        await undeployStack(bucket, stack);
        session.print({ ...list, burned: true }, `${list.stack} is removed.`);
      },
    );
}

/** @throws StackFailedError while something is executed, or where another stack is built on this one */
async function checkBurnable(account: Account, bucket: Bucket, stack: StackName): Promise<void> {
  const standings = await Promise.all(STACKS.map((name) => readStack(account, CLOUD_STACKS[name])));
  const there = new Set(STACKS.filter((_, at) => !isNew(standings[at])));
  const reason = whyNotBurnable(stack, {
    running: [...(await runningInAccount(account)), ...(await runningExecutions(bucket))],
    isThere: (other) => there.has(other),
  });
  if (reason !== undefined)
    throw new StackFailedError(`the ${stack} cannot be burned now: ${reason}`);
}

const EXAMPLES = `
Examples:
  recsys burn responder --bucket s3://my-bucket
  recsys burn responder --bucket s3://my-bucket --yes`;
