import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { Person } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { useSession } from "../../api/session.tsx";
import { Ago, Time } from "../../format/time.tsx";
import { Loaded } from "../../states/loaded.tsx";
import { ChangeRole } from "./change-role.tsx";
import { InvitePerson } from "./invite-person.tsx";
import { RemovePerson } from "./remove-person.tsx";
import { ResetPassword } from "./reset-password.tsx";

type Opened =
  "invite" | { readonly dialog: "role" | "reset" | "remove"; readonly person: Person } | null;

/** Who may come in, with which role. */
export function People(): ReactNode {
  const [opened, setOpened] = useState<Opened>(null);
  const people = useQuery({
    queryKey: ["people"],
    queryFn: ({ signal }) => read<readonly Person[]>("/people", signal),
  });
  const close = (): void => {
    setOpened(null);
  };
  return (
    <>
      <Loaded query={people} what="the people">
        {(list) => <PeopleTable people={list} onOpen={setOpened} />}
      </Loaded>
      {opened === "invite" && <InvitePerson onClose={close} />}
      {opened !== null && opened !== "invite" && (
        <>
          {opened.dialog === "role" && <ChangeRole person={opened.person} onClose={close} />}
          {opened.dialog === "reset" && <ResetPassword person={opened.person} onClose={close} />}
          {opened.dialog === "remove" && <RemovePerson person={opened.person} onClose={close} />}
        </>
      )}
    </>
  );
}

function PeopleTable({
  people,
  onOpen,
}: {
  readonly people: readonly Person[];
  readonly onOpen: (opened: Opened) => void;
}): ReactNode {
  const { name: own } = useSession();
  const action = (
    person: Person,
    dialog: "role" | "reset" | "remove",
    words: string,
    what: string,
  ): ReactNode => (
    <Button
      variant="inline-link"
      ariaLabel={`${what} ${person.name}`}
      onClick={() => {
        onOpen({ dialog, person });
      }}
    >
      {words}
    </Button>
  );
  return (
    <Table
      wrapLines
      items={people}
      trackBy="name"
      ariaLabels={{ tableLabel: "People" }}
      header={
        <Header
          variant="h2"
          counter={`(${people.length})`}
          description="Each comes in by a one-time link and chooses a password of their own."
          actions={
            <Button
              variant="primary"
              onClick={() => {
                onOpen("invite");
              }}
            >
              Invite
            </Button>
          }
        >
          People
        </Header>
      }
      columnDefinitions={[
        {
          id: "name",
          header: "Name",
          minWidth: 140,
          isRowHeader: true,
          cell: ({ name }) => (
            <>
              {name}
              {name === own && (
                <Box variant="span" color="text-body-secondary">
                  {" "}
                  (you)
                </Box>
              )}
            </>
          ),
        },
        { id: "role", header: "Role", minWidth: 100, cell: ({ role }) => role },
        {
          id: "created",
          header: "Since",
          minWidth: 130,
          cell: ({ createdAt }) => <Time at={createdAt} />,
        },
        {
          id: "seen",
          header: "Last seen",
          minWidth: 110,
          cell: ({ lastSeenAt }) => (lastSeenAt === null ? "never" : <Ago at={lastSeenAt} />),
        },
        {
          id: "actions",
          header: "Actions",
          minWidth: 260,
          cell: (person) => (
            <SpaceBetween direction="horizontal" size="s">
              {action(person, "role", "Change role", "Change role of")}
              {person.name !== own && action(person, "reset", "New password", "New password for")}
              {action(person, "remove", "Remove", "Remove")}
            </SpaceBetween>
          ),
        },
      ]}
    />
  );
}
