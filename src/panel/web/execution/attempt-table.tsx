import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { StateAttempt } from "../../../schema/index.ts";
import { duration, Time } from "../format/time.tsx";
import { Empty } from "../states/loaded.tsx";
import { errorTitle } from "./error-title.ts";
import { stateTitle } from "./state-title.ts";
import { STATE_WORDS } from "./state-words.ts";

/** The attempts at a state, and at the states inside it, in the order of time. */
export function AttemptTable({
  attempts,
}: {
  readonly attempts: readonly (StateAttempt & { readonly state: string })[];
}): ReactNode {
  return (
    <Table
      variant="embedded"
      ariaLabels={{ tableLabel: "Attempts" }}
      items={attempts}
      empty={<Empty title="Not entered yet" />}
      columnDefinitions={[
        {
          id: "state",
          header: "State",
          cell: ({ state, iteration }) =>
            iteration === null ? stateTitle(state) : `${stateTitle(state)}, round ${iteration + 1}`,
        },
        {
          id: "status",
          header: "Status",
          cell: ({ status, error }) => (
            <StatusIndicator type={STATE_WORDS[status].type}>
              {error === null ? STATE_WORDS[status].text : errorTitle(error.error)}
            </StatusIndicator>
          ),
        },
        { id: "entered", header: "Entered", cell: ({ enteredAt }) => <Time at={enteredAt} /> },
        {
          id: "took",
          header: "Took",
          cell: ({ enteredAt, endedAt }) =>
            endedAt === null ? "–" : duration((Date.parse(endedAt) - Date.parse(enteredAt)) / 1000),
        },
      ]}
    />
  );
}
