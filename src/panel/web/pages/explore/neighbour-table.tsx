import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { ItemPage } from "../../../../schema/index.ts";
import { EntityLink } from "./entity-link.tsx";

/** The items that the model sees as most like one. */
export function NeighbourTable({ neighbours }: Pick<ItemPage, "neighbours">): ReactNode {
  return (
    <Table
      header={
        <Header
          variant="h2"
          description="By the model’s vectors: 1 is the same, 0 has nothing in common."
        >
          Most similar items
        </Header>
      }
      items={neighbours}
      trackBy="itemId"
      wrapLines
      contentDensity="compact"
      ariaLabels={{ tableLabel: "Most similar items" }}
      empty="There is no other item."
      columnDefinitions={[
        {
          id: "item",
          header: "Item",
          isRowHeader: true,
          cell: ({ itemId, title }) => <EntityLink side="items" id={itemId} title={title} />,
        },
        {
          id: "similarity",
          header: "Similarity",
          cell: ({ similarity }) => <span className="figures">{similarity.toFixed(2)}</span>,
        },
      ]}
    />
  );
}
