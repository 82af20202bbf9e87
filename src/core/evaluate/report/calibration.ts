import type { CalibrationEvaluation, CalibrationGroup } from "../../../schema/index.ts";
import { pairedBars } from "./charts/paired-bars.ts";
import { reliabilityDiagram } from "./charts/reliability-diagram.ts";
import { type Markup, figure, markup, table } from "../../../page/index.ts";
import { columnPercent, decimals, exact, percent, whole } from "./numbers.ts";

/** Promised against observed. */
export function calibrationSection(calibration: CalibrationEvaluation): Markup {
  const { groups, reliability, k, event, horizon } = calibration;
  const all = groups.all;
  if (all === null) return markup``;
  const named = NAMES.flatMap(([name, label]) => {
    const group = groups[name];
    return group === null ? [] : [{ label, group }];
  });
  const pairs = named.map(({ label, group }) => ({
    label,
    first: group.predicted,
    second: group.observed,
  }));
  return markup`<section><h2>Does the probability keep its promise?</h2><p>Over ${exact(
    all.pairs,
    whole,
  )} recommendations, the novel top ${k} of ${exact(all.users, whole)} users, the model promised ${exact(
    all.predicted,
    percent,
  )} on average, and ${exact(all.observed, percent)} came true: ${
    Math.abs(all.predicted - all.observed) <= byChance(all)
      ? "no further apart than chance explains"
      : `${all.predicted > all.observed ? "it promised too much" : "it promised too little"}, by more than chance explains`
  }. Users without a hit are counted.</p><p class="quiet"><b>What it is the
 probability of:</b> ${event}. The horizon is as long as the hold-out, here ${exact(horizon, (n) =>
   n.toFixed(1),
 )} interactions of a user on average: it is neither the chance on one visit, nor the chance ever.</p><div class="split"><div><figure><figcaption><span
 class="key main"></span>promised<span class="key other"></span>came true, by how much the users had done before</figcaption>${pairedBars(
   "Promised and observed by activity",
   pairs,
   percent,
 )}</figure>${groupTable(named)}</div>${figure(
   markup`Reliability in ten bins of equally many recommendations; on the dashed line promise and outcome agree. Mean distance
 from it (expected calibration error): ${exact(reliability.expectedCalibrationError, decimals)}`,
   reliabilityDiagram(reliability.bins),
   "narrow",
 )}</div></section>`;
}

const NAMES = [
  ["all", "all users"],
  ["low", "low activity"],
  ["middle", "middle"],
  ["high", "high"],
] as const;

/** Half the 95 % interval of an observed share, as if each recommendation came true on its own: ± 1.96 √(p (1 − p) / n). */
function byChance({ pairs, observed }: Pick<CalibrationGroup, "pairs" | "observed">): number {
  return 1.96 * Math.sqrt((observed * (1 - observed)) / pairs);
}

function groupTable(
  named: readonly { readonly label: string; readonly group: CalibrationGroup }[],
): Markup {
  const rows = named.map(
    ({ label, group: { users, pairs, predicted, observed } }) =>
      markup`<tr><td>${label}</td><td>${whole(users)}</td><td>${whole(pairs)}</td><td>${whole(
        Math.round(pairs * observed),
      )}</td><td>${exact(predicted, columnPercent)}</td><td>${exact(
        observed,
        columnPercent,
      )}</td><td>${exact(byChance({ pairs, observed }), columnPercent)}</td></tr>`,
  );
  return table(["group", "users", "shown", "came true", "promised", "observed", "± chance"], rows);
}
