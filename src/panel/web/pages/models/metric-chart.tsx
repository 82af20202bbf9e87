import MixedLineBarChart from "@cloudscape-design/components/mixed-line-bar-chart";
import type { ReactNode } from "react";

import { figure } from "../../format/numbers.ts";
import type { MetricHistory } from "./metric-history.ts";

/** Thin beside the metric itself, in the colour of the text. */
const PALE = "color-mix(in srgb, currentColor 45%, transparent)";

/** A metric of one model after the other, with its interval and what the gate asks for. */
export default function MetricChart({
  title,
  history,
}: {
  readonly title: string;
  readonly history: MetricHistory;
}): ReactNode {
  const { executions, value, low, high, baseline, threshold, lowest, highest } = history;
  const line = (name: string, data: typeof value, color?: string) => ({
    type: "line" as const,
    title: name,
    data,
    valueFormatter: figure,
    ...(color === undefined ? {} : { color }),
  });
  return (
    <MixedLineBarChart<string>
      ariaLabel={`${title} of one model after the other`}
      hideFilter
      height={240}
      xScaleType="categorical"
      xDomain={executions}
      yDomain={[lowest, highest]}
      xTitle="Execution, the newest last"
      yTickFormatter={(tick) => tick.toFixed(3)}
      i18nStrings={{ detailPopoverDismissAriaLabel: "Close" }}
      series={[
        line(title, value),
        ...(baseline.length > 0 ? [line("Best simple method", baseline)] : []),
        line("95 % interval, upper end", high, PALE),
        line("95 % interval, lower end", low, PALE),
        ...(threshold === null
          ? []
          : [
              {
                type: "threshold" as const,
                title: `The gate’s threshold for ${title}`,
                y: threshold,
                valueFormatter: figure,
              },
            ]),
      ]}
    />
  );
}
