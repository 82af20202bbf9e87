import { userInfo } from "node:os";

import { Command } from "commander";

import { SHORTEST_REASON } from "../../schema/index.ts";
import { bucketOption, openBucket } from "../bucket-option.ts";
import { type Target, targetOption } from "../cloud/target-option.ts";
import { executionPlace } from "../execute/execution-place.ts";
import { runExecution } from "../execute/run-execution.ts";
import { coreSummary } from "../execute/summary.ts";
import type { OpenSession } from "../session.ts";
import { redisOption } from "../redis-option.ts";
import { UsageError } from "../usage-error.ts";

interface PromoteFlags {
  readonly bucket: string;
  readonly target: Target;
  readonly redis?: string;
  readonly reason: string;
}

/** `recsys promote`: a model that the gate has rejected is served all the same, for a reason that is kept. */
export function promoteCommand(open: OpenSession): Command {
  return new Command("promote")
    .description("serve a rejected model all the same; the execution goes on behind the gate")
    .argument("<execution>", "the core execution whose model was rejected")
    .requiredOption("--reason <text>", "why, in at least 10 characters; kept beside the evaluation")
    .addOption(bucketOption())
    .addOption(targetOption())
    .addOption(redisOption())
    .addHelpText("after", EXAMPLES)
    .action(async (name: string, options: PromoteFlags, command: Command) => {
      const session = open(command);
      const reason = options.reason.trim();
      if (reason.length < SHORTEST_REASON) {
        throw new UsageError(
          `--reason: say why in at least ${SHORTEST_REASON} characters, got "${reason}"`,
        );
      }
      const { config } = session.configuration();
      const bucket = await openBucket(session, options.bucket);
      const goOn = { by: userInfo().username, at: new Date().toISOString(), reason };
      const place = executionPlace(options, bucket);
      const request = { bucket, workflow: "core", name, config, goOn, place } as const;
      const { result, text } = await coreSummary(
        bucket,
        config,
        await runExecution(session, request),
      );
      session.print(result, text);
    });
}

const EXAMPLES = `
Examples:
  recsys promote core-2 --reason "the test weeks were a sale; agreed with marketing"`;
