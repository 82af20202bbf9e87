import type { ReactNode } from "react";

import type { BurnPlan } from "../../../schema/index.ts";
import { ResourceTable } from "./resource-table.tsx";

/** What CloudFormation removes with a stack. */
export function BurnedResources({
  resources,
}: {
  readonly resources: BurnPlan["resources"];
}): ReactNode {
  return (
    <ResourceTable
      label="Will be removed"
      rows={resources}
      behind={[
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
