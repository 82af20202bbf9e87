import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";

import { Loaded } from "../../states/loaded.tsx";
import { ItemPicker } from "./item-picker.tsx";
import { useWhyNot } from "./use-explore.ts";
import { WhyNotAnswer } from "./why-not-answer.tsx";

/** "Why not this item for this user": the item stands in the address. */
export function WhyNotPanel({ userId }: { readonly userId: string }): ReactNode {
  const [address, setAddress] = useSearchParams();
  const item = address.get("item");
  const answer = useWhyNot(userId, item);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Where any other item stands for this user, and what speaks for it."
        >
          Why not this item?
        </Header>
      }
    >
      <SpaceBetween size="m">
        <ItemPicker
          chosen={item}
          onChoose={(id) => {
            setAddress(id === null ? {} : { item: id }, {
              replace: true,
              preventScrollReset: true,
            });
          }}
        />
        {item !== null && (
          <Loaded query={answer} what="the item’s rank">
            {(value) => <WhyNotAnswer answer={value} />}
          </Loaded>
        )}
      </SpaceBetween>
    </Container>
  );
}
