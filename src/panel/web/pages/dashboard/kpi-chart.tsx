import AreaChart from "@cloudscape-design/components/area-chart";
import MixedLineBarChart from "@cloudscape-design/components/mixed-line-bar-chart";
import type { ReactNode } from "react";

import type { KpiAnswer } from "../../../../schema/index.ts";
import { type Drawing, placeTick, placeWords } from "./drawing.ts";
import { axisWords, figureWords, type Unit } from "../../../../words/index.ts";

const HEIGHT = 210;
/** Of a row of lying bars. */
const ROW_HEIGHT = 26;
const LONGEST_LABEL = 24;

/** Draws a KPI's series. */
export default function KpiChart({
  title,
  drawing,
  unit,
  step,
}: {
  readonly title: string;
  readonly drawing: Drawing;
  readonly unit: Unit;
  readonly step: KpiAnswer["step"];
}): ReactNode {
  const { kind, isLying, places, series, lowest, highest, axisTitle, hasLegend } = drawing;
  const shared = {
    ariaLabel: title,
    hideFilter: true,
    hideLegend: !hasLegend,
    xScaleType: "categorical",
    xDomain: places,
    yDomain: [lowest, highest],
    xTitle: axisTitle,
    detailPopoverSize: "small",
    xTickFormatter: (place: string) => shortened(placeTick(place, places)),
    yTickFormatter: (value: number) => axisWords(unit, value),
    i18nStrings: { detailPopoverDismissAriaLabel: "Close" },
  } as const;
  const words = (value: number): string => figureWords(unit, value);
  if (kind === "areas") {
    return (
      <AreaChart<string>
        {...shared}
        height={HEIGHT}
        series={series.map(({ title: name, color, data }) => ({
          type: "area",
          title: name,
          color,
          data,
          valueFormatter: words,
        }))}
      />
    );
  }
  return (
    <MixedLineBarChart<string>
      {...shared}
      height={isLying ? Math.max(HEIGHT, places.length * ROW_HEIGHT) : HEIGHT}
      horizontalBars={isLying}
      stackedBars={kind === "stacked bars"}
      detailPopoverFooter={(place) => placeWords(place, step)}
      series={series.map(({ title: name, color, data }) => ({
        type: kind === "lines" ? "line" : "bar",
        title: name,
        color,
        data,
        valueFormatter: words,
      }))}
    />
  );
}

function shortened(label: string): string {
  return label.length <= LONGEST_LABEL ? label : `${label.slice(0, LONGEST_LABEL - 1)}…`;
}
