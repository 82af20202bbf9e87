import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { EntityHit } from "../../../../schema/index.ts";
import { whole } from "../../format/numbers.ts";
import { PageLink } from "../../shell/page-link.tsx";
import { Empty } from "../../states/loaded.tsx";
import type { Side } from "./use-explore.ts";

/** What is shown before anything has been typed. */
const BEGINNINGS: Readonly<Record<Side, string>> = {
  users: "Some to begin with; type to find others.",
  items: "The most popular; type to find others.",
};

/** What a search has found. */
export function HitTable({
  side,
  text,
  hits,
}: {
  readonly side: Side;
  readonly text: string;
  readonly hits: readonly EntityHit[];
}): ReactNode {
  const hasTitles = hits.some(({ title }) => title !== null);
  const title = side === "users" ? "Users" : "Items";
  return (
    <Table
      header={
        <Header
          variant="h2"
          counter={`(${hits.length === 20 ? "first 20" : hits.length})`}
          description={text === "" ? BEGINNINGS[side] : undefined}
        >
          {title}
        </Header>
      }
      items={hits}
      trackBy="id"
      ariaLabels={{ tableLabel: title }}
      empty={
        <Empty title={text === "" ? `There are no ${side}` : `No ${side} match “${text}”`}>
          The id or the title must contain what you type. What is served knows only {side} of the
          data that it was made from.
        </Empty>
      }
      columnDefinitions={[
        {
          id: "id",
          header: "Id",
          isRowHeader: true,
          cell: ({ id }) => (
            <PageLink to={`/explore/${side}/${encodeURIComponent(id)}`}>{id}</PageLink>
          ),
        },
        ...(hasTitles
          ? [{ id: "title", header: "Title", cell: (hit: EntityHit) => hit.title ?? "–" }]
          : []),
        {
          id: "interactions",
          header: "Interactions",
          cell: ({ interactions }) => <span className="figures">{whole(interactions)}</span>,
        },
      ]}
    />
  );
}
