import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { Stack } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { ChangeDialog } from "../../cloud/change-dialog.tsx";
import { CloudStanding } from "../../cloud/cloud-standing.tsx";
import { RoleButton } from "../../forms/role-button.tsx";
import { sentence } from "../../format/sentence.ts";
import { Ago } from "../../format/time.tsx";
import { useNotify } from "../../shell/notifications.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { STACK_TITLES } from "../../../../words/index.ts";
import { STACK_WORDS } from "../../shell/stack-words.ts";
import { ExecuteForm } from "./execute-form.tsx";
import { LatestExecution } from "./latest-execution.tsx";

/** One stack: its deployed configuration, and for those that execute the form and the latest execution. */
export function StackSection({
  stack,
  next,
}: {
  readonly stack: Stack;
  /** What there is to do next of all, if it is this stack's. */
  readonly next: "deploy" | "execute" | null;
}): ReactNode {
  const { stack: name, deployment, draftDiffers, cloud } = stack;
  const [isAsked, setAsked] = useState(false);
  const title = STACK_TITLES[name];
  const notify = useNotify();
  const queries = useQueryClient();
  const deploy = useMutation({
    mutationFn: () => change("POST", `/stacks/${name}/deploy`, {}),
    onSuccess: async () => {
      notify("success", `${title}: configuration deployed`);
      await queries.invalidateQueries({ queryKey: ["overview"] });
    },
    onError: (error) => {
      notify("error", `${title}: could not deploy`, error.message);
    },
  });
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={STACK_WORDS[name]}
          actions={
            <RoleButton
              role="operator"
              variant={next === "deploy" ? "primary" : "normal"}
              loading={deploy.isPending}
              refusal={stack.deploy.reason}
              onClick={() => {
                if (cloud === null) deploy.mutate();
                else setAsked(true);
              }}
            >
              Deploy Configurations
            </RoleButton>
          }
        >
          {title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {isAsked && (
          <ChangeDialog
            stack={name}
            onClose={() => {
              setAsked(false);
            }}
          />
        )}
        {deployment === null ? (
          <SpaceBetween size="xxs">
            <StatusIndicator type="stopped">Not deployed</StatusIndicator>
            {stack.deploy.reason !== null && (
              <Box color="text-body-secondary" fontSize="body-s">
                {sentence(stack.deploy.reason)}
              </Box>
            )}
          </SpaceBetween>
        ) : (
          <SpaceBetween size="xxs">
            <StatusIndicator type="success">
              Configuration {deployment.number} is deployed
            </StatusIndicator>
            <Box color="text-body-secondary" fontSize="body-s">
              <Ago at={deployment.deployedAt} /> by {deployment.deployedBy}
              {draftDiffers && (
                <>
                  {" "}
                  · the <PageLink to="/customization">draft</PageLink> has changed since
                </>
              )}
            </Box>
          </SpaceBetween>
        )}
        {cloud !== null && <CloudStanding stack={name} cloud={cloud} />}
        {name === "responder" ? (
          <Box color="text-body-secondary">
            Nothing to execute: it answers as soon as it is deployed, with the latest
            recommendations. The <PageLink to="/api">API page</PageLink> has its addresses.
          </Box>
        ) : (
          <SpaceBetween size="l">
            <ExecuteForm stack={stack} workflow={name} isNext={next === "execute"} />
            <LatestExecution workflow={name} />
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Container>
  );
}
