import type { StackName } from "../schema/index.ts";

/** The stacks by the names that the documentation gives them. */
export const STACK_TITLES: Readonly<Record<StackName, string>> = {
  collector: "Collector Stack",
  core: "Core Stack",
  responder: "Responder Stack",
};
