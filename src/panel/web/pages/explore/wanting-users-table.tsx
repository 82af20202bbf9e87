import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { ItemPage } from "../../../../schema/index.ts";
import { PageLink } from "../../shell/page-link.tsx";
import { probabilityWords } from "./entity-words.ts";

/** The users who are most likely to want an item that is new to them. */
export function WantingUsersTable({
  itemId,
  users,
}: {
  readonly itemId: string;
  readonly users: ItemPage["users"];
}): ReactNode {
  return (
    <Table
      header={
        <Header
          variant="h2"
          counter={`(${users.length})`}
          description="To whom the item is new, the most likely first."
        >
          Users who may want it
        </Header>
      }
      items={users}
      trackBy="userId"
      contentDensity="compact"
      ariaLabels={{ tableLabel: "Users who may want it" }}
      empty="Every user has already seen it."
      columnDefinitions={[
        {
          id: "user",
          header: "User",
          isRowHeader: true,
          cell: ({ userId }) => (
            <PageLink to={`/explore/users/${encodeURIComponent(userId)}`}>{userId}</PageLink>
          ),
        },
        {
          id: "probability",
          header: "Probability",
          cell: ({ probability }) => (
            <span className="figures">{probabilityWords(probability)}</span>
          ),
        },
        {
          id: "why",
          header: "Rank and reasons",
          cell: ({ userId }) => (
            <PageLink
              to={`/explore/users/${encodeURIComponent(userId)}?item=${encodeURIComponent(itemId)}`}
              variant="secondary"
            >
              <span className="unseen">{`User ${userId}: `}</span>why
            </PageLink>
          ),
        },
      ]}
    />
  );
}
