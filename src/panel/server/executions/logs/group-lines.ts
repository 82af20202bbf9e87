import {
  latestGroupEvents,
  LogGroupUnreadableError,
  type LogWriter,
} from "../../../../cloud/index.ts";
import { readDeployment } from "../../../../recipe/index.ts";
import type { LogFilter, LogLine, StackName } from "../../../../schema/index.ts";
import { type PanelContext, PanelError } from "../../context.ts";
import { passes } from "./filter.ts";
import { groupLine } from "./group-line.ts";

const STACKS_OF: Readonly<Record<LogWriter, readonly StackName[]>> = {
  api: ["responder"],
  workflows: ["collector", "core"],
};

/**
 * The latest lines of the log group that pass, the newest last: those of the API or of the state machines.
 *
 * @throws PanelError if CloudWatch does not give them, with the reason
 */
export async function groupLines(
  { cloud, bucket, base }: PanelContext,
  writer: LogWriter,
  filter: LogFilter,
): Promise<readonly LogLine[]> {
  if (cloud === undefined) return [];
  const deployed = await Promise.all(
    STACKS_OF[writer].map(async (stack) => (await readDeployment(bucket, stack))?.config.logGroup),
  );
  // Stacks may have been deployed with different groups.
  const groups = new Set(deployed.map((group) => group ?? base.config.logGroup));
  try {
    const lines: LogLine[] = [];
    for (const group of groups) {
      const events = await latestGroupEvents(cloud.account, { group, writer, limit: filter.limit });
      lines.push(...events.map((event) => groupLine(writer, event)));
    }
    return lines.filter((line) => passes(line, filter)).slice(-filter.limit);
  } catch (error) {
    if (error instanceof LogGroupUnreadableError) {
      throw new PanelError(503, "log_group_unreadable", error.message);
    }
    throw error;
  }
}
