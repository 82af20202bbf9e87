import "./explore.css";

import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useParams } from "react-router";

import type { UserPage as User } from "../../../../schema/index.ts";
import { whole } from "../../format/numbers.ts";
import { AttributeList } from "./attribute-list.tsx";
import { EntityState } from "./entity-state.tsx";
import { titleOf } from "./entity-words.ts";
import { HistoryTable } from "./history-table.tsx";
import { RecommendationTable } from "./recommendation-table.tsx";
import { useUser } from "./use-explore.ts";
import { WhyNotPanel } from "./why-not-panel.tsx";

/** A user: who they are, what they did, what they get and why. */
export default function ExploreUserPage(): ReactNode {
  const { id = "" } = useParams();
  const user = useUser(id);
  return (
    <EntityState query={user} side="users" id={id}>
      {(value) => <UserView key={value.userId} user={value} />}
    </EntityState>
  );
}

function UserView({ user }: { readonly user: User }): ReactNode {
  const { userId, attributes, history, interactions, recommendations } = user;
  const title = titleOf(userId, attributes);
  return (
    <ContentLayout
      header={
        <Header variant="h1" {...(title === userId ? {} : { description: `User ${userId}` })}>
          {title === userId ? `User ${userId}` : title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">What is known</Header>}>
          <AttributeList
            attributes={attributes}
            more={[{ label: "Interactions", value: whole(interactions) }]}
          />
        </Container>
        <WhyNotPanel userId={userId} />
        <RecommendationTable recommendations={recommendations} />
        <HistoryTable history={history} interactions={interactions} />
      </SpaceBetween>
    </ContentLayout>
  );
}
