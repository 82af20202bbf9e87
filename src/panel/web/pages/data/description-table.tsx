import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import {
  COLUMN_TYPES,
  type DescribedColumn,
  problemOfColumn,
  withColumn,
} from "./description-edit.ts";
import { usePreview } from "./file-preview.tsx";

/** The columns in the file's order: name and type to change, examples from the file beside them. */
export function DescriptionTable({
  csv,
  columns,
  fields,
  mayEdit,
  onChange,
}: {
  readonly csv: string;
  readonly columns: readonly DescribedColumn[];
  /** What the server found wrong. */
  readonly fields: readonly { readonly path: string; readonly problem: string }[];
  readonly mayEdit: boolean;
  readonly onChange: (columns: readonly DescribedColumn[]) => void;
}): ReactNode {
  const preview = usePreview(csv);
  return (
    <Table
      variant="embedded"
      wrapLines
      items={columns.map((column, index) => ({ column, index }))}
      trackBy={({ index }) => String(index)}
      ariaLabels={{ tableLabel: `Columns of ${csv}` }}
      columnDefinitions={[
        {
          id: "number",
          header: "Column",
          width: 90,
          cell: ({ index }) => <span className="figures">{index}</span>,
        },
        {
          id: "name",
          header: "Name",
          minWidth: 180,
          cell: ({ column: { name }, index }) => (
            <FormField errorText={problemOfColumn(fields, index)}>
              <Input
                value={name}
                readOnly={!mayEdit}
                ariaLabel={`Name of column ${index}`}
                onChange={({ detail }) => {
                  onChange(withColumn(columns, index, { name: detail.value }));
                }}
              />
            </FormField>
          ),
        },
        {
          id: "type",
          header: "Type",
          minWidth: 230,
          cell: ({ column: { type }, index }) => (
            <Select
              selectedOption={COLUMN_TYPES.find(({ value }) => value === type) ?? null}
              options={COLUMN_TYPES}
              readOnly={!mayEdit}
              ariaLabel={`Type of column ${index}`}
              onChange={({ detail }) => {
                const chosen = COLUMN_TYPES.find(
                  ({ value }) => value === detail.selectedOption.value,
                );
                if (chosen !== undefined) {
                  onChange(withColumn(columns, index, { type: chosen.value }));
                }
              }}
            />
          ),
        },
        {
          id: "examples",
          header: "Examples from the file",
          minWidth: 220,
          cell: ({ index }) => (
            <Box color="text-body-secondary">
              {preview.data?.columns[index]?.examples.join(" · ") ?? ""}
            </Box>
          ),
        },
      ]}
    />
  );
}
