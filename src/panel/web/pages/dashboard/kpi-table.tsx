import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";

import type { KpiAnswer, KpiDescription } from "../../../../schema/index.ts";
import { cellWords, columnWords } from "./table-words.ts";

/** The figures behind a drawing. */
export function KpiTable({
  kpi,
  answer,
}: {
  readonly kpi: KpiDescription;
  readonly answer: KpiAnswer;
}): ReactNode {
  const { title } = kpi;
  const { columns, rows } = answer.table;
  return (
    <div className="dashboard-table" role="region" aria-label={`${title}, table`} tabIndex={0}>
      <Table<readonly (string | number | null)[]>
        variant="embedded"
        contentDensity="compact"
        wrapLines
        items={rows}
        empty="No rows"
        ariaLabels={{ tableLabel: title }}
        columnDefinitions={columns.map((_, column) => ({
          id: String(column),
          header: columnWords(answer, column),
          cell: (row) => (
            <span className={typeof row[column] === "number" ? "figures together" : "figures"}>
              {cellWords(kpi, answer, column, row[column] ?? null)}
            </span>
          ),
        }))}
      />
    </div>
  );
}
