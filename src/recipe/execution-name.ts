import { createHash } from "node:crypto";

import { DataError } from "../schema/index.ts";

/** The workflows that the product has; an execution belongs to one. */
export const WORKFLOWS = ["collector", "core"] as const;
export type WorkflowName = (typeof WORKFLOWS)[number];

/** The rule of Step Functions for the name of an execution (A24). */
const NAME = /^[A-Za-z0-9_-]{1,80}$/;

/** @throws DataError if Step Functions would refuse the name */
export function checkExecutionName(name: string): void {
  if (NAME.test(name)) return;
  throw new DataError(
    { file: "execution name" },
    `must be 1 to 80 letters, digits, "-" or "_", got "${name}"`,
  );
}

/**
 * What the names of an execution's jobs begin with: `recsys-`, so that in AWS a role can be held to the product's own
 * jobs, and the execution's name. SageMaker allows at most 63 letters, digits and
 * single "-", fewer than Step Functions does for an execution: where the name does not fit, it is cut
 * and told apart by its hash.
 */
export function jobPrefix(name: string): string {
  const longest = 29; // leaves room for "recsys-" and "-average-evaluated-199-99-2"
  if (name.length <= longest && /^[A-Za-z0-9](-?[A-Za-z0-9])*$/.test(name)) return `recsys-${name}`;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  const readable = name
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, longest - 9);
  return `recsys-${readable}-${hash}`.replace(/-+/g, "-");
}
