import StatusIndicator, {
  type StatusIndicatorProps,
} from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

import type { ModelSummary } from "../../../../schema/index.ts";
import { type Fate, fateOf } from "./model-words.ts";

const LOOKS: Readonly<Record<Fate, readonly [StatusIndicatorProps.Type, string]>> = {
  served: ["success", "Served now"],
  promoted: ["success", "Promoted by hand"],
  passed: ["success", "Passed the gate"],
  rejected: ["warning", "Rejected by the gate"],
  failed: ["error", "Failed after the evaluation"],
  unfinished: ["in-progress", "Not finished"],
};

/** What became of a model, with an icon. */
export function FateIndicator({ model }: { readonly model: ModelSummary }): ReactNode {
  const [type, words] = LOOKS[fateOf(model)];
  return <StatusIndicator type={type}>{words}</StatusIndicator>;
}
