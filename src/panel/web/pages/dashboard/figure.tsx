import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

import type { KpiAnswer, KpiDescription } from "../../../../schema/index.ts";
import { dayWords, daysBetween } from "../../format/day.ts";
import { changeOf, type Change, figureWords } from "../../../../words/index.ts";

/** A KPI's figure, how it has changed, and what it was before; in a tile, what it counts too. */
export function Figure({
  kpi: { moreIsBetter, reading },
  answer,
  size,
}: {
  readonly kpi: KpiDescription;
  readonly answer: KpiAnswer;
  readonly size: "display-l" | "heading-l";
}): ReactNode {
  const { unit, value, previous } = answer;
  const change = changeOf(unit, value, previous, moreIsBetter);
  return (
    <div className="figures">
      <div className="dashboard-figure">
        <Box fontSize={size} fontWeight="bold" variant="div">
          {figureWords(unit, value)}
        </Box>
        {size === "heading-l" && value !== null && <Box color="text-body-secondary">{reading}</Box>}
      </div>
      <div className={size === "heading-l" ? "dashboard-figure" : ""}>
        {change !== null && <ChangeLine change={change} />}
        <Box color="text-body-secondary" fontSize="body-s">
          <Before answer={answer} />
        </Box>
      </div>
    </div>
  );
}

function ChangeLine({ change: { text, verdict } }: { readonly change: Change }): ReactNode {
  if (verdict === null) return <Box color="text-body-secondary">{text}</Box>;
  return (
    <StatusIndicator type={verdict === "better" ? "success" : "warning"}>
      {text}, {verdict}
    </StatusIndicator>
  );
}

function Before({
  answer: { unit, value, previous, previousRange },
}: {
  readonly answer: KpiAnswer;
}): ReactNode {
  if (previousRange === null) return value === null ? "No figure" : "In all of the data";
  const { from, to } = previousRange;
  const count = daysBetween(from, to);
  const before = count === 1 ? "the day before" : `the ${count} days before`;
  const days = `${dayWords(from)} – ${dayWords(to)}`;
  if (previous === null) {
    return <span title={days}>No figure for {before}</span>;
  }
  return (
    <span title={days}>
      {figureWords(unit, previous)} in {before}
    </span>
  );
}
