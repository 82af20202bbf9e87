import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { CloudStack, DriftReport, StackName } from "../../../schema/index.ts";
import { change } from "../api/client.ts";
import { RoleButton } from "../forms/role-button.tsx";
import { statusType } from "./cloud-words.ts";
import { WorkView } from "./work-view.tsx";

/** How a stack stands in the account: its status, what stands in its way, its addresses, what is being done to it. */
export function CloudStanding({
  stack,
  cloud: { name, status, obstacle, isGone, outputs, work },
}: {
  readonly stack: StackName;
  readonly cloud: CloudStack;
}): ReactNode {
  const isRunning = work?.state === "running";
  return (
    <SpaceBetween size="s">
      <div className="beside">
        <Box>
          {name}:{" "}
          {status === null ? (
            <StatusIndicator type="stopped">
              {obstacle === null ? "not there" : "not known"}
            </StatusIndicator>
          ) : (
            <StatusIndicator type={statusType(status)}>{status}</StatusIndicator>
          )}
        </Box>
        {CONSOLE in outputs && (
          <Link external href={outputs[CONSOLE]}>
            In Step Functions
          </Link>
        )}
        {status !== null && !isRunning && <Drift stack={stack} />}
      </div>
      {outputs["InvokeUrl"] !== undefined && <Box>The API answers at {outputs["InvokeUrl"]}</Box>}
      {obstacle !== null && !isRunning && (
        <Alert type="warning" header="It cannot be changed as it stands">
          {obstacle}
        </Alert>
      )}
      {isGone && (
        <Alert type="warning" header="It is gone">
          {name} was deployed, and CloudFormation knows no such stack any more: somebody has deleted
          it outside of the panel, or it stands in another region. Deploy it again to go on; the
          data in the bucket are untouched.
        </Alert>
      )}
      {work !== null && !isGone && <WorkView work={work} />}
    </SpaceBetween>
  );
}

const CONSOLE = "StateMachineConsole";

/** Compares the stack with what is there, when somebody asks. */
function Drift({ stack }: { readonly stack: StackName }): ReactNode {
  const drift = useMutation({
    mutationFn: () => change<DriftReport>("POST", `/stacks/${stack}/drift`, {}),
  });
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <RoleButton
        role="operator"
        variant="inline-link"
        loading={drift.isPending}
        ariaLabel="Look for drift"
        onClick={() => {
          drift.mutate();
        }}
      >
        Look for drift
      </RoleButton>
      {drift.error !== null && (
        <StatusIndicator type="error">{drift.error.message}</StatusIndicator>
      )}
      {drift.data !== undefined &&
        (drift.data.drift.length === 0 ? (
          <StatusIndicator type="success">as the stack made it</StatusIndicator>
        ) : (
          <StatusIndicator type="warning">
            {drift.data.drift
              .map(({ resource, isDeleted, properties }) =>
                isDeleted
                  ? `${resource} was deleted by somebody`
                  : `${resource} was changed by somebody (${properties.join(", ")})`,
              )
              .join("; ")}
          </StatusIndicator>
        ))}
    </SpaceBetween>
  );
}
