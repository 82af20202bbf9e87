import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";

import type { DashboardDescription } from "../../../../schema/index.ts";
import { useNotify } from "../../shell/notifications.tsx";
import { csvName, dashboardCsv } from "./csv.ts";
import { download } from "./download.ts";
import { scopeOf } from "./scope.ts";
import { useReadKpis } from "./use-kpi.ts";

/** The whole dashboard: as one CSV file, on paper. */
export function ExportButtons({
  description,
}: {
  readonly description: DashboardDescription;
}): ReactNode {
  const [address] = useSearchParams();
  const scope = scopeOf(address, description);
  const readKpis = useReadKpis(description.execution, scope);
  const notify = useNotify();
  const csv = useMutation({
    mutationFn: () => readKpis(description.kpis),
    onSuccess: (answers) => {
      const name = csvName("dashboard", { range: scope.days });
      download(name, "text/csv", dashboardCsv(answers));
    },
    onError: (error) => {
      notify("error", "Could not export the dashboard", error.message);
    },
  });
  const print = useMutation({
    mutationFn: () => readKpis(description.kpis),
    onSettled: () => {
      window.print();
    },
  });
  return (
    <div className="not-on-paper">
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          iconName="file"
          loading={print.isPending}
          onClick={() => {
            print.mutate();
          }}
        >
          Print
        </Button>
        <Button
          iconName="download"
          loading={csv.isPending}
          onClick={() => {
            csv.mutate();
          }}
        >
          Export CSV
        </Button>
      </SpaceBetween>
    </div>
  );
}
