import type { ReactNode } from "react";

import { withMetricNames } from "../format/metric-names.ts";
import { sentence } from "../format/sentence.ts";

/** Why something failed; the conditions of the gate each on a line of its own. */
export function GateWords({ text }: { readonly text: string }): ReactNode {
  const parts = /^(passed|failed): /.test(text) ? text.split(/; (?=(?:passed|failed): )/) : [text];
  if (parts.length === 1) return <span className="lines">{text}</span>;
  return (
    <ul className="plain-list">
      {parts.map((part) => (
        <li key={part}>{sentence(withMetricNames(part))}</li>
      ))}
    </ul>
  );
}
