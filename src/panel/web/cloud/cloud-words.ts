import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

import type { CloudEvent, CloudWork } from "../../../schema/index.ts";

/** How a status of CloudFormation's looks. */
export function statusType(status: string): StatusIndicatorProps.Type {
  if (/FAILED|ROLLBACK/.test(status)) return "error";
  if (status.endsWith("_IN_PROGRESS")) return "in-progress";
  if (status.endsWith("_SKIPPED") || status === "DELETE_COMPLETE") return "stopped";
  return "success";
}

/** What a stack's work is, or was, in words. */
export function workWords({ does, state }: CloudWork): string {
  const [doing, done, failed] =
    does === "deploy"
      ? ["CloudFormation is making it", "Deployed", "It could not be deployed"]
      : ["CloudFormation is removing it", "Removed", "Not all of it could be removed"];
  return state === "running" ? doing : state === "succeeded" ? done : failed;
}

/** The event that says what went wrong first: later ones only follow from it. Events come with the latest first. */
export function firstFailure({ events }: CloudWork): CloudEvent | undefined {
  return events.findLast(
    ({ status, reason }) => status.endsWith("_FAILED") && !/cancelled/i.test(reason ?? ""),
  );
}
