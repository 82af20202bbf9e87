import Box from "@cloudscape-design/components/box";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { BurnPlan } from "../../../schema/index.ts";

/** What CloudFormation removes with a stack. */
export function BurnedResources({
  resources,
}: {
  readonly resources: BurnPlan["resources"];
}): ReactNode {
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      wrapLines
      items={resources}
      trackBy="resource"
      ariaLabels={{ tableLabel: "Will be removed" }}
      columnDefinitions={[
        {
          id: "resource",
          header: "Resource",
          isRowHeader: true,
          minWidth: 160,
          cell: ({ resource, type }) => (
            <>
              {resource}
              <Box color="text-body-secondary" fontSize="body-s">
                {type}
              </Box>
            </>
          ),
        },
        {
          id: "id",
          header: "Name or id",
          minWidth: 160,
          cell: ({ id }) => <span className="long-name">{id}</span>,
        },
      ]}
    />
  );
}
