import "./explore.css";

import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useParams } from "react-router";

import type { ItemPage as Item } from "../../../../schema/index.ts";
import { whole } from "../../format/numbers.ts";
import { AttributeList } from "./attribute-list.tsx";
import { EntityState } from "./entity-state.tsx";
import { counted, titleOf } from "./entity-words.ts";
import { NeighbourTable } from "./neighbour-table.tsx";
import { useItem } from "./use-explore.ts";
import { WantingUsersTable } from "./wanting-users-table.tsx";

/** An item: what it is, who is likely to want it, what is like it. */
export default function ExploreItemPage(): ReactNode {
  const { id = "" } = useParams();
  const item = useItem(id);
  return (
    <EntityState query={item} side="items" id={id}>
      {(value) => <ItemView item={value} />}
    </EntityState>
  );
}

function ItemView({ item }: { readonly item: Item }): ReactNode {
  const { itemId, attributes, interactions, users, neighbours, recommendedTo } = item;
  const title = titleOf(itemId, attributes);
  return (
    <ContentLayout
      header={
        <Header variant="h1" {...(title === itemId ? {} : { description: `Item ${itemId}` })}>
          {title === itemId ? `Item ${itemId}` : title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">What is known</Header>}>
          <AttributeList
            attributes={attributes}
            more={[
              { label: "Interactions", value: whole(interactions) },
              {
                label: "Recommended to",
                value:
                  recommendedTo === 0
                    ? "nobody, in their first ten"
                    : `${counted(recommendedTo, "user")}, in their first ten`,
              },
            ]}
          />
        </Container>
        <ColumnLayout columns={2} minColumnWidth={360}>
          <WantingUsersTable itemId={itemId} users={users} />
          <NeighbourTable neighbours={neighbours} />
        </ColumnLayout>
      </SpaceBetween>
    </ContentLayout>
  );
}
