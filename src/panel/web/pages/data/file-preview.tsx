import Box from "@cloudscape-design/components/box";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { FilePreview as Preview } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { Loaded } from "../../states/loaded.tsx";

/** The first rows of a raw file, and the type that each column looks like. */
export function FilePreview({
  name,
  onClose,
}: {
  readonly name: string;
  readonly onClose: () => void;
}): ReactNode {
  const preview = usePreview(name);
  return (
    <Modal visible size="max" header={name} onDismiss={onClose}>
      <Loaded query={preview} what="the first rows">
        {(value) => <Rows name={name} preview={value} />}
      </Loaded>
    </Modal>
  );
}

/** The first rows of a raw file; shared between the parts of the page that show them. */
export function usePreview(name: string) {
  return useQuery({
    queryKey: ["data", "preview", name],
    queryFn: ({ signal }) =>
      read<Preview>(`/data/files/${encodeURIComponent(name)}/preview`, signal),
  });
}

interface PreviewRow {
  readonly cells: readonly string[];
  readonly index: number;
}

function Rows({
  name,
  preview: { hasHeader, columns, rows },
}: {
  readonly name: string;
  readonly preview: Preview;
}): ReactNode {
  return (
    <SpaceBetween size="s">
      <Box color="text-body-secondary">
        The first {rows.length} rows.{" "}
        {hasHeader
          ? "The names of the columns are those of the file's first row."
          : "The file has no header: its columns are known by their order."}
      </Box>
      <Table
        variant="embedded"
        items={rows.map((cells, index) => ({ cells, index }))}
        trackBy={({ index }) => String(index)}
        ariaLabels={{ tableLabel: `First rows of ${name}` }}
        columnDefinitions={columns.map(({ name: column, type, empty }, index) => ({
          id: String(index),
          minWidth: 100,
          header: (
            <>
              {column}
              <Box fontSize="body-s" color="text-body-secondary" fontWeight="normal">
                {type}
                {empty > 0 && `, ${empty} empty`}
              </Box>
            </>
          ),
          cell: ({ cells }: PreviewRow) => cells[index] ?? "",
        }))}
      />
    </SpaceBetween>
  );
}
