import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { BurnPlan } from "../../../../schema/index.ts";
import { bytes, whole } from "../../format/numbers.ts";
import { sentence } from "../../format/sentence.ts";
import { Empty } from "../../states/loaded.tsx";
import { BurnedResources } from "../../cloud/burned-resources.tsx";
import { totalRemoved } from "./burn-words.ts";

/** What burning removes, and what it leaves. */
export function BurnLists({ plan }: { readonly plan: BurnPlan }): ReactNode {
  const { removed, resources, kept } = plan;
  return (
    <ColumnLayout columns={2} minColumnWidth={400}>
      <Container
        fitHeight
        header={
          <Header variant="h2" description={removed.length > 0 ? totalRemoved(removed) : ""}>
            Will be removed
          </Header>
        }
      >
        {resources.length > 0 ? (
          <BurnedResources resources={resources} />
        ) : (
          <Table
            variant="embedded"
            wrapLines
            items={removed}
            trackBy="what"
            ariaLabels={{ tableLabel: "Will be removed" }}
            empty={
              <Empty title="No stored objects">
                This stack has nothing in the bucket; what is removed is its deployment.
              </Empty>
            }
            columnDefinitions={[
              {
                id: "what",
                header: "What",
                isRowHeader: true,
                minWidth: 160,
                cell: ({ what }) => what,
              },
              {
                id: "objects",
                header: "Objects",
                minWidth: 80,
                cell: ({ objects }) => <span className="figures together">{whole(objects)}</span>,
              },
              {
                id: "size",
                header: "Size",
                minWidth: 80,
                cell: ({ bytes: size }) => <span className="figures together">{bytes(size)}</span>,
              },
            ]}
          />
        )}
      </Container>
      <Container fitHeight header={<Header variant="h2">Will be kept</Header>}>
        <ul className="bare-list">
          {kept.map(({ what, why }) => (
            <li key={what}>
              <StatusIndicator type="success" colorOverride="grey">
                <Box variant="span" fontWeight="bold">
                  {what}
                </Box>
              </StatusIndicator>
              <Box color="text-body-secondary" fontSize="body-s">
                {sentence(why)}
              </Box>
            </li>
          ))}
        </ul>
      </Container>
    </ColumnLayout>
  );
}
