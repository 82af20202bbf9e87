import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

import type { Stack } from "../../../../schema/index.ts";
import { statusType } from "../../cloud/cloud-words.ts";
import { Ago } from "../../format/time.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { STACK_TITLES } from "../../../../words/index.ts";
import { STACK_WORDS } from "../../shell/stack-words.ts";

/** One of the three stacks: what it does, how it stands. */
export function StackCard({
  stack: { stack, state, deployment, draftDiffers, cloud },
  running,
}: {
  readonly stack: Stack;
  readonly running: string | undefined;
}): ReactNode {
  return (
    <Container fitHeight header={<Header variant="h2">{STACK_TITLES[stack]}</Header>}>
      <SpaceBetween size="s">
        <Box color="text-body-secondary">{STACK_WORDS[stack]}</Box>
        {cloud?.status != null && cloud.status !== "CREATE_COMPLETE" && (
          <StatusIndicator type={statusType(cloud.status)}>{cloud.status}</StatusIndicator>
        )}
        {state === "absent" && <StatusIndicator type="stopped">Not deployed</StatusIndicator>}
        {state === "deployed" && <StatusIndicator type="success">Deployed</StatusIndicator>}
        {state === "executing" && (
          <StatusIndicator type="in-progress">
            Executing{" "}
            {running !== undefined && (
              <PageLink to={`/executions/${stack}/${running}`}>{running}</PageLink>
            )}
          </StatusIndicator>
        )}
        {deployment !== null && (
          <Box color="text-body-secondary" fontSize="body-s">
            Configuration {deployment.number}, <Ago at={deployment.deployedAt} /> by{" "}
            {deployment.deployedBy}
            {draftDiffers && "; the draft has changed since"}
          </Box>
        )}
      </SpaceBetween>
    </Container>
  );
}
