import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import type { Spending } from "../../../schema/index.ts";
import { dollars } from "../format/dollars.ts";
import { duration } from "../format/time.tsx";
import { stateTitle } from "./state-title.ts";

/** What an execution's jobs have cost, by the time that SageMaker states. */
export function SpendingCard({ spent }: { readonly spent: Spending }): ReactNode {
  const { usd, isRough, states, words } = spent;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="The time of the jobs, failed ones too, times the price of their instances; storage and requests are not in it."
        >
          What it cost{usd === null ? "" : `: ${dollars(usd)}`}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={4}
          minColumnWidth={150}
          items={states.map(({ state, seconds, usd: price }) => ({
            label: stateTitle(state),
            value: `${duration(seconds)} · ${price === null ? "no price known" : dollars(price)}`,
          }))}
        />
        <ExpandableSection headerText="By which prices">
          <Box variant="small">
            <ul className="plain-list">
              {isRough && <li>a rough price: the bill of AWS is what counts</li>}
              {words.map((word) => (
                <li key={word}>{word}</li>
              ))}
            </ul>
          </Box>
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
