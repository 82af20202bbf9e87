import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { ExplainedItem } from "../../../../schema/index.ts";
import { Empty } from "../../states/loaded.tsx";
import { EntityLink } from "./entity-link.tsx";
import { probabilityWords, titleKey } from "./entity-words.ts";
import { Reasons } from "./reasons.tsx";

/** What a user is recommended, the most probable first, and why. */
export function RecommendationTable({
  recommendations,
}: {
  readonly recommendations: readonly ExplainedItem[];
}): ReactNode {
  const ranked = recommendations.map((item, place) => ({ ...item, rank: place + 1 }));
  return (
    <Table
      header={
        <Header
          variant="h2"
          counter={`(${ranked.length})`}
          description="Items new to the user. The probability is that of an interaction; the reasons are what the model sees most alike, not all that it weighs."
        >
          Recommendations
        </Header>
      }
      items={ranked}
      trackBy="itemId"
      wrapLines
      ariaLabels={{ tableLabel: "Recommendations" }}
      empty={
        <Empty title="Nothing is recommended">
          The user has already seen every item that could be.
        </Empty>
      }
      columnDefinitions={[
        {
          id: "rank",
          header: "Rank",
          width: 70,
          cell: ({ rank }) => <span className="figures">{rank}</span>,
        },
        {
          id: "item",
          header: "Item",
          isRowHeader: true,
          minWidth: 220,
          cell: ({ itemId, attributes }) => (
            <EntityLink side="items" id={itemId} title={titleIn(attributes)} />
          ),
        },
        {
          id: "probability",
          header: "Probability",
          width: 120,
          cell: ({ probability }) => (
            <span className="figures">{probabilityWords(probability)}</span>
          ),
        },
        {
          id: "why",
          header: "Why",
          minWidth: 320,
          cell: (explained) => <Reasons explained={explained} />,
        },
      ]}
    />
  );
}

function titleIn(attributes: ExplainedItem["attributes"]): string | null {
  const key = titleKey(attributes);
  return key === undefined ? null : String(attributes[key]);
}
