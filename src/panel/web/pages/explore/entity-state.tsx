import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { RequestError } from "../../api/client.ts";
import { sentence } from "../../format/sentence.ts";
import { PageLink } from "../../shell/page-link.tsx";
import { Empty, Loaded } from "../../states/loaded.tsx";
import type { Side } from "./use-explore.ts";

/** A user or an item, or that there is none of this id, or that it is on its way. */
export function EntityState<Value>({
  query,
  side,
  id,
  children,
}: {
  readonly query: UseQueryResult<Value>;
  readonly side: Side;
  readonly id: string;
  readonly children: (value: Value) => ReactNode;
}): ReactNode {
  const { data, error } = query;
  const one = side === "users" ? "user" : "item";
  if (data !== undefined) return children(data);
  const isUnknown = error instanceof RequestError && error.status === 404;
  return (
    <ContentLayout
      header={<Header variant="h1">{`${side === "users" ? "User" : "Item"} ${id}`}</Header>}
    >
      {isUnknown ? (
        <Container>
          <Empty
            title={`This ${one} cannot be shown`}
            action={<PageLink to={`/explore?side=${side}`}>Search</PageLink>}
          >
            {sentence(error.message)}
          </Empty>
        </Container>
      ) : (
        <Loaded query={query} what={`the ${one}`}>
          {children}
        </Loaded>
      )}
    </ContentLayout>
  );
}
