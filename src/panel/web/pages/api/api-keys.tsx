import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { ApiKey } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { RoleButton } from "../../forms/role-button.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { Loaded } from "../../states/loaded.tsx";
import { KeyTable } from "./key-table.tsx";
import { MakeKey } from "./make-key.tsx";
import { RemoveKey } from "./remove-key.tsx";

/** Keys for `/recommend/*`: whether they are required now, which there are, making and removing. */
export function ApiKeys({
  isRequired,
  isAdmin,
  onMade,
}: {
  /** `null` where nothing answers that could require them. */
  readonly isRequired: boolean | null;
  readonly isAdmin: boolean;
  readonly onMade: (key: string) => void;
}): ReactNode {
  const [opened, setOpened] = useState<"make" | ApiKey | null>(null);
  const keys = useQuery({
    queryKey: ["keys"],
    enabled: isAdmin,
    queryFn: ({ signal }) => read<readonly ApiKey[]>("/keys", signal),
  });
  const close = (): void => {
    setOpened(null);
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Each application that calls the API should have a key of its own, so that one can be taken back alone."
          actions={
            <RoleButton
              role="admin"
              onClick={() => {
                setOpened("make");
              }}
            >
              Make a key
            </RoleButton>
          }
        >
          API keys
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Rule isRequired={isRequired} />
        {isAdmin ? (
          <Loaded query={keys} what="the keys">
            {(list) => <KeyTable keys={list} onRemove={setOpened} />}
          </Loaded>
        ) : (
          <Box color="text-body-secondary">Admins see here which keys there are.</Box>
        )}
      </SpaceBetween>
      {opened === "make" && <MakeKey onClose={close} onMade={onMade} />}
      {opened !== null && opened !== "make" && <RemoveKey apiKey={opened} onClose={close} />}
    </Container>
  );
}

function Rule({ isRequired }: { readonly isRequired: boolean | null }): ReactNode {
  const where = (
    <>
      “API keys” in the <PageLink to="/customization">Customization</PageLink> of the Responder
      Stack, and its deployment, decide it.
    </>
  );
  if (isRequired === null) {
    return <Box color="text-body-secondary">Whether they are required: {where}</Box>;
  }
  return (
    <SpaceBetween size="xxs">
      <StatusIndicator type={isRequired ? "success" : "info"}>
        {isRequired
          ? "Keys are required now: who calls without one is refused"
          : "Keys are not required now: whoever reaches the API may call it"}
      </StatusIndicator>
      <Box color="text-body-secondary" fontSize="body-s">
        {where}
      </Box>
    </SpaceBetween>
  );
}
