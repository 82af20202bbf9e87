import { isDeepStrictEqual } from "node:util";

import { type RecSysConfig, SETTINGS, type StackName, valueAt } from "../../../schema/index.ts";

/** The settings that a stack works by, each with all that is below it. */
const USED: Readonly<Record<StackName, readonly string[]>> = {
  collector: ["logGroup", "keepExecutions", "collector", "training.seed", "instances.collector"],
  core: [
    "logGroup",
    "keepExecutions",
    "training",
    "evaluation",
    "transform",
    "instances.training",
    "instances.evaluation",
    "instances.transform",
  ],
  responder: ["logGroup", "responder"],
};

/** Settings of a stack that differ between two configurations. */
export function differingSettings(
  stack: StackName,
  a: RecSysConfig,
  b: RecSysConfig,
): readonly string[] {
  return SETTINGS.filter(({ path }) => {
    const name = `${path.join(".")}.`;
    if (!USED[stack].some((start) => name.startsWith(`${start}.`))) return false;
    return !isDeepStrictEqual(valueAt(a, path), valueAt(b, path));
  }).map(({ path }) => path.join("."));
}
