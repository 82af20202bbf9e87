import Alert from "@cloudscape-design/components/alert";
import type { ReactNode } from "react";

import type { DashboardDescription } from "../../../../schema/index.ts";
import { isGrave } from "./sections.ts";

/** What the data lacks as a whole, told once; what only a few tiles miss stands beside them. */
export function MissingFigures({ missing }: Pick<DashboardDescription, "missing">): ReactNode {
  const grave = missing.filter(isGrave);
  if (grave.length === 0) return null;
  return (
    <Alert type="info" header="Some figures cannot be given">
      <ul>
        {grave.map(({ what, why }) => (
          <li key={what}>{sentence(why)}</li>
        ))}
      </ul>
    </Alert>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
