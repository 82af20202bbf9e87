import { Command } from "commander";

import { rollback } from "../../recipe/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import type { OpenSession } from "../session.ts";

/** `recsys rollback`: what was served before, or another execution that is kept, is served again. */
export function rollbackCommand(open: OpenSession): Command {
  return new Command("rollback")
    .description("serve what was served before; once more takes it back")
    .addOption(bucketOption())
    .option("--to <execution>", "serve this execution, if its recommendations are kept")
    .addHelpText("after", EXAMPLES)
    .action(async (options: { bucket: string; to?: string }, command: Command) => {
      const session = open(command);
      const swapped = await rollback(await openBucket(session, options.bucket), options.to);
      session.print(
        swapped,
        `now served: execution ${swapped.served}; until now: ${swapped.before}`,
      );
    });
}

const EXAMPLES = `
Examples:
  recsys rollback
  recsys rollback --to core-2026-11-20
  recsys rollback --bucket ./my-bucket --json`;
