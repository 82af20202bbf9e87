import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { ApiKey } from "../../../../schema/index.ts";
import { Time } from "../../format/time.tsx";
import { Empty } from "../../states/loaded.tsx";

/** The keys by their names; what a key is only its holder knows. */
export function KeyTable({
  keys,
  onRemove,
}: {
  readonly keys: readonly ApiKey[];
  readonly onRemove: (key: ApiKey) => void;
}): ReactNode {
  return (
    <Table
      variant="embedded"
      wrapLines
      items={keys}
      trackBy="sha256"
      ariaLabels={{ tableLabel: "API keys" }}
      empty={<Empty title="No keys yet">Make one for each application that calls the API.</Empty>}
      columnDefinitions={[
        { id: "name", header: "Name", minWidth: 140, isRowHeader: true, cell: ({ name }) => name },
        {
          id: "sha256",
          header: "SHA-256 begins with",
          minWidth: 150,
          cell: ({ sha256 }) => <Box variant="code">{sha256.slice(0, 12)}</Box>,
        },
        {
          id: "created",
          header: "Made",
          minWidth: 180,
          cell: ({ createdAt, createdBy }) => (
            <>
              <Time at={createdAt} /> by {createdBy}
            </>
          ),
        },
        {
          id: "actions",
          header: "Actions",
          minWidth: 100,
          cell: (key) => (
            <Button
              variant="inline-link"
              ariaLabel={`Remove the key ${key.name}`}
              onClick={() => {
                onRemove(key);
              }}
            >
              Remove
            </Button>
          ),
        },
      ]}
    />
  );
}
