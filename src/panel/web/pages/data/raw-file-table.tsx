import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { RawFile } from "../../../../schema/index.ts";
import { RoleButton } from "../../forms/role-button.tsx";
import { bytes } from "../../format/numbers.ts";

/** The raw files: which are needed, which are there, how large they are. */
export function RawFileTable({
  files,
  locked,
  onPreview,
  onRemove,
}: {
  readonly files: readonly RawFile[];
  /** Why nothing can be changed now. */
  readonly locked: string | null;
  readonly onPreview: (file: RawFile) => void;
  readonly onRemove: (file: RawFile) => void;
}): ReactNode {
  return (
    <Table
      variant="embedded"
      wrapLines
      trackBy="name"
      items={files}
      ariaLabels={{ tableLabel: "Raw files" }}
      columnDefinitions={[
        {
          id: "file",
          header: "File",
          minWidth: 240,
          isRowHeader: true,
          cell: ({ name, what }) => (
            <>
              <Box fontWeight="bold">{name}</Box>
              <Box color="text-body-secondary" fontSize="body-s">
                {what}
              </Box>
            </>
          ),
        },
        {
          id: "needed",
          header: "Needed",
          minWidth: 110,
          cell: ({ required }) =>
            required ? <Badge color="blue">Required</Badge> : <Badge>Optional</Badge>,
        },
        { id: "state", header: "State", minWidth: 140, cell: (file) => <Standing file={file} /> },
        {
          id: "size",
          header: "Size",
          minWidth: 90,
          cell: ({ present, bytes: size }) => (
            <span className="figures">{present ? bytes(size) : "–"}</span>
          ),
        },
        {
          id: "actions",
          header: "Actions",
          minWidth: 150,
          cell: (file) =>
            file.present && (
              <SpaceBetween direction="horizontal" size="s">
                {!file.name.endsWith(".json") && (
                  <Button
                    variant="inline-link"
                    ariaLabel={`Preview ${file.name}`}
                    onClick={() => {
                      onPreview(file);
                    }}
                  >
                    Preview
                  </Button>
                )}
                <RoleButton
                  role="operator"
                  refusal={locked}
                  variant="inline-link"
                  ariaLabel={`Remove ${file.name}`}
                  onClick={() => {
                    onRemove(file);
                  }}
                >
                  Remove
                </RoleButton>
              </SpaceBetween>
            ),
        },
      ]}
    />
  );
}

function Standing({ file: { present, required } }: { readonly file: RawFile }): ReactNode {
  if (present) return <StatusIndicator type="success">There</StatusIndicator>;
  if (required) return <StatusIndicator type="warning">Missing</StatusIndicator>;
  return <StatusIndicator type="stopped">Not given</StatusIndicator>;
}
