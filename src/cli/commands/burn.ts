import { Argument, Command } from "commander";

import { burnCloudStack, listBurn, openAccount, StackFailedError } from "../../cloud/index.ts";
import { undeployStack } from "../../recipe/index.ts";
import { type StackName, STACKS } from "../../schema/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { burnText, eventLine } from "../cloud/cloud-words.ts";
import { roleOption } from "../cloud/target-option.ts";
import type { OpenSession } from "../session.ts";

interface BurnFlags {
  readonly bucket: string;
  readonly roleArn?: string;
  readonly yes?: true;
}

/** `recsys burn STACK`: removes a stack from the AWS account; the bucket stays. */
export function burnCommand(open: OpenSession): Command {
  return new Command("burn")
    .description("remove a stack from the AWS account; shows first what goes, and what stays")
    .addArgument(new Argument("<stack>").choices(STACKS))
    .addOption(bucketOption())
    .addOption(roleOption())
    .option("--yes", "remove it; without it is only shown what would be")
    .addHelpText("after", EXAMPLES)
    .action(
      async (stack: StackName, { bucket: place, roleArn, yes }: BurnFlags, command: Command) => {
        const session = open(command);
        const account = openAccount();
        const bucket = await openBucket(session, place);
        const list = await listBurn(account, stack);
        if (list === undefined) {
          throw new StackFailedError(`there is no ${stack} stack in ${account.region} to burn`);
        }
        if (yes !== true) {
          const text = `${burnText(list)}\n\nNothing was removed; --yes removes it.`;
          session.print({ ...list, burned: false }, text);
          return;
        }
        session.note(burnText(list));
        await burnCloudStack(account, stack, {
          roleArn,
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

const EXAMPLES = `
Examples:
  recsys burn responder --bucket s3://my-bucket
  recsys burn responder --bucket s3://my-bucket --yes`;
