import type { Evaluation } from "../../../schema/index.ts";
/** The page. */
export function reportPage(evaluation: Evaluation, execution: string): string {
  return `${execution}${JSON.stringify(evaluation.gate)}`;
}
