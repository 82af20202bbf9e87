import Box from "@cloudscape-design/components/box";
import { lazy, type ReactNode, Suspense } from "react";

import type { KpiAnswer, KpiDescription } from "../../../../schema/index.ts";
import { drawingOf } from "./drawing.ts";
import { KpiTable } from "./kpi-table.tsx";

const KpiChart = lazy(() => import("./kpi-chart.tsx"));

/** How a tile shows its figures. */
export type TileView = "chart" | "table";

/** What stands below a tile's figure. */
export function TilePlot({
  kpi,
  answer,
  view,
  colors,
  isLate,
}: {
  readonly kpi: KpiDescription;
  readonly answer: KpiAnswer;
  readonly view: TileView;
  /** Of the sources. */
  readonly colors: ReadonlyMap<string, string>;
  /** Are these still the figures of the range before? */
  readonly isLate: boolean;
}): ReactNode {
  const plot = plotOf(kpi, answer, view, colors);
  if (plot === null) return null;
  return <div className={isLate ? "dashboard-plot late" : "dashboard-plot"}>{plot}</div>;
}

/** A drawing or a table; null where there is nothing to see beyond the figure. */
function plotOf(
  kpi: KpiDescription,
  answer: KpiAnswer,
  view: TileView,
  colors: ReadonlyMap<string, string>,
): ReactNode {
  if (kpi.chart === "number") return null;
  if (view === "table" || kpi.chart === "table") return <KpiTable kpi={kpi} answer={answer} />;
  const drawing = drawingOf(kpi, answer, colors);
  if (drawing === null) {
    // One figure alone needs no drawing, but the table may say more of it.
    if (answer.value !== null && answer.value !== 0) {
      return answer.table.columns.length > 2 ? <KpiTable kpi={kpi} answer={answer} /> : null;
    }
    return (
      <Box padding="l" textAlign="center" color="text-body-secondary">
        Nothing happened in this range that could be drawn.
      </Box>
    );
  }
  return (
    <Suspense fallback={null}>
      <KpiChart title={kpi.title} drawing={drawing} unit={kpi.seriesUnit} step={answer.step} />
    </Suspense>
  );
}
