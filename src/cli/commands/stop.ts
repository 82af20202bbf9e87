import { Argument, Command } from "commander";

import { openAccount, stepFunctions } from "../../cloud/index.ts";
import {
  executionPaths,
  lookElsewhere,
  readElsewhere,
  readExecution,
  type WorkflowName,
  WORKFLOWS,
} from "../../recipe/index.ts";
import { DataError } from "../../schema/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import type { OpenSession } from "../session.ts";

/** `recsys stop`: ends an execution that runs in AWS; one on a machine is ended by Ctrl-C, or in the panel. */
export function stopCommand(open: OpenSession): Command {
  return new Command("stop")
    .description("stop an execution in AWS; it can be retried from the state that it was in")
    .addArgument(new Argument("<workflow>").choices(WORKFLOWS))
    .argument("<name>", "of the execution")
    .addOption(bucketOption())
    .addHelpText("after", EXAMPLES)
    .action(
      async (workflow: WorkflowName, name: string, flags: { bucket: string }, command: Command) => {
        const session = open(command);
        const bucket = await openBucket(session, flags.bucket);
        const elsewhere = await readElsewhere(bucket, workflow, name);
        if (elsewhere === undefined) {
          const isThere = (await readExecution(bucket, workflow, name)) !== undefined;
          throw new DataError(
            { file: executionPaths(workflow, name).folder },
            isThere
              ? `"${name}" does not run in AWS; Ctrl-C stops it where it was started, or the panel that started it`
              : `there is no ${workflow} execution "${name}"; "recsys status" lists those that there are`,
          );
        }
        const service = stepFunctions(openAccount());
        await lookElsewhere(service, { bucket, workflow, name });
        const known = await readExecution(bucket, workflow, name);
        if (known?.outcome !== undefined) {
          const { status } = known.outcome;
          session.print({ workflow, name, status }, `${name} has ${status} already.`);
          return;
        }
        await service.stop(elsewhere.id, "stopped from the command line");
        await lookElsewhere(service, { bucket, workflow, name });
        session.print(
          { workflow, name, status: "aborted" },
          `${name} is stopped. recsys execute ${workflow} --name ${name} --retry --target aws goes on with it.`,
        );
      },
    );
}

const EXAMPLES = `
Examples:
  recsys stop core core-4 --bucket s3://my-bucket`;
