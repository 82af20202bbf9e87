import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

import type { CloudEvent, CloudWork } from "../../../schema/index.ts";
import { Ago } from "../format/time.tsx";
import { firstFailure, statusType, workWords } from "./cloud-words.ts";
import { ResourceTable } from "./resource-table.tsx";

/** What CloudFormation does to a stack, as it happens, or what it did last. */
export function WorkView({ work }: { readonly work: CloudWork }): ReactNode {
  const { state, startedAt, startedBy, endedAt, events } = work;
  return (
    <SpaceBetween size="s">
      <div>
        <StatusIndicator type={STATES[state]}>{workWords(work)}</StatusIndicator>
        <Box color="text-body-secondary" fontSize="body-s">
          Begun by {startedBy}, <Ago at={startedAt} />
          {endedAt !== null && (
            <>
              ; ended <Ago at={endedAt} />
            </>
          )}
        </Box>
      </div>
      {state === "failed" && <Failure work={work} />}
      {events.length > 0 && (
        <ExpandableSection
          headerText={`Events (${events.length})`}
          defaultExpanded={state !== "succeeded"}
        >
          <Events events={events} />
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

const STATES = { running: "in-progress", succeeded: "success", failed: "error" } as const;

/** What failed first stands on top; the rest follows from it. */
function Failure({ work }: { readonly work: CloudWork }): ReactNode {
  const first = firstFailure(work);
  return (
    <Alert type="error" header={workWords(work)}>
      {first !== undefined && (
        <Box>
          First failed <b>{first.resource}</b> ({first.type}):{" "}
          {first.reason ?? "no reason was given"}
        </Box>
      )}
      <Box>{work.problem}</Box>
    </Alert>
  );
}

function Events({ events }: { readonly events: readonly CloudEvent[] }): ReactNode {
  return (
    // Scrolls, so it must be reached by the keyboard.
    <div className="cloud-events" role="group" aria-label="Events" tabIndex={0}>
      <ResourceTable
        label="Events of the stack"
        rows={events}
        trackBy={(event) => `${event.at} ${event.resource} ${event.status}`}
        before={[
          {
            id: "at",
            header: "Time",
            width: 100,
            cell: ({ at }) => <span className="figures together">{at.slice(11, 19)}</span>,
          },
        ]}
        behind={[
          {
            id: "status",
            header: "Status",
            minWidth: 200,
            cell: ({ status, reason }) => (
              <>
                <StatusIndicator type={statusType(status)}>{status}</StatusIndicator>
                {reason !== null && reason !== "" && (
                  <Box color="text-body-secondary" fontSize="body-s">
                    {reason}
                  </Box>
                )}
              </>
            ),
          },
        ]}
      />
    </div>
  );
}
