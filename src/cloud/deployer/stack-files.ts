import { readFile } from "node:fs/promises";

import type { StackName } from "../../schema/index.ts";

/** What the stacks are called in CloudFormation, and their templates' files. */
export const CLOUD_STACKS: Readonly<Record<StackName, string>> = {
  collector: "RecSysCollectorStack",
  core: "RecSysCoreStack",
  responder: "RecSysResponderStack",
};

/** The shipped template of a stack. */
export function templateOf(stack: StackName): Promise<string> {
  const file = new URL(`../templates/${CLOUD_STACKS[stack]}.template.json`, import.meta.url);
  return readFile(file, "utf8");
}
