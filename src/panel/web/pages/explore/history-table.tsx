import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { UserPage } from "../../../../schema/index.ts";
import { whole } from "../../format/numbers.ts";
import { Time } from "../../format/time.tsx";
import { Empty } from "../../states/loaded.tsx";
import { useFirst } from "../../states/use-first.tsx";
import { EntityLink } from "./entity-link.tsx";

/** More than these are shown when asked for. */
const SHOWN = 20;

type Row = UserPage["history"][number];

/** What a user did, the latest first. */
export function HistoryTable({
  history,
  interactions,
}: Pick<UserPage, "history" | "interactions">): ReactNode {
  const { shown, footer } = useFirst(history, SHOWN, "interactions");
  const hasSources = history.some(({ source }) => source !== null);
  const hasTimes = history.some(({ timestamp }) => timestamp !== null);
  const hasRatings = new Set(history.map(({ rating }) => rating)).size > 1;
  const column = (is: boolean, id: string, header: string, cell: (row: Row) => ReactNode) =>
    is ? [{ id, header, cell }] : [];
  return (
    <Table
      header={
        <Header
          variant="h2"
          counter={
            interactions > history.length
              ? `(the latest ${history.length} of ${whole(interactions)})`
              : `(${interactions})`
          }
        >
          History
        </Header>
      }
      items={shown}
      footer={footer}
      wrapLines
      contentDensity="compact"
      ariaLabels={{ tableLabel: "History" }}
      empty={
        <Empty title="No interactions">
          What is recommended comes from what is popular and from the user’s features.
        </Empty>
      }
      columnDefinitions={[
        {
          id: "item",
          header: "Item",
          isRowHeader: true,
          cell: ({ itemId, title }) => <EntityLink side="items" id={itemId} title={title} />,
        },
        ...column(hasRatings, "rating", "Rating", ({ rating }) => (
          <span className="figures">{rating}</span>
        )),
        ...column(hasSources, "source", "Source", ({ source }) => source ?? "–"),
        ...column(hasTimes, "time", "When", ({ timestamp }) => <Time at={timestamp} />),
      ]}
    />
  );
}
