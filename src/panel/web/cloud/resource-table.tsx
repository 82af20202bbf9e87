import Box from "@cloudscape-design/components/box";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

/** A resource of a stack, by its name in the template. */
interface Resource {
  readonly resource: string;
  readonly type: string;
}

/** Resources of a stack, a row each: name and type, with what else is to be said of them before and behind. */
export function ResourceTable<Row extends Resource>({
  label,
  rows,
  trackBy = "resource",
  empty,
  before = [],
  behind = [],
}: {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly trackBy?: TableProps.TrackBy<Row>;
  readonly empty?: string;
  readonly before?: readonly TableProps.ColumnDefinition<Row>[];
  readonly behind?: readonly TableProps.ColumnDefinition<Row>[];
}): ReactNode {
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      wrapLines
      items={rows}
      trackBy={trackBy}
      ariaLabels={{ tableLabel: label }}
      {...(empty === undefined ? {} : { empty })}
      columnDefinitions={[
        ...before,
        {
          id: "resource",
          header: "Resource",
          isRowHeader: true,
          minWidth: 180,
          cell: ({ resource, type }) => (
            <>
              {resource}
              <Box color="text-body-secondary" fontSize="body-s">
                {type}
              </Box>
            </>
          ),
        },
        ...behind,
      ]}
    />
  );
}
