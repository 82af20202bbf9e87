import { figure, markup, type Markup, table } from "../../page/index.ts";
import type { KpiAnswer } from "../../schema/index.ts";
import { changeOf, percent, whole } from "../../words/index.ts";
import type { ReportFigures } from "../figures.ts";
import { sourceTones } from "../source-tones.ts";

/** How much came from where, against the days before. */
export function sourcesFigure({ figures, before, description, period }: ReportFigures): Markup {
  if (description.sources.length < 2) return markup``;
  const now = shares(figures.get("interactions")!.answer, description.sources);
  const earlier = before && shares(before.interactions, description.sources);
  const rows = now.map(({ label, tone, count, share }) => {
    const was = earlier && (earlier.find((source) => source.label === label)?.share ?? 0);
    const change = was === undefined ? null : changeOf("share", share, was, null);
    return markup`<tr><td class="words"><i class="key tone-${tone}"></i>${label}</td><td>${whole(count)}</td><td><b>${percent(
      share,
    )}</b></td><td>${was === undefined ? "–" : percent(was)}</td><td class="quiet">${change?.text ?? ""}</td></tr>`;
  });
  return figure(
    "Where interactions came from",
    table(["", "interactions", "share", period.isWeek ? "week before" : "before", "change"], rows),
  );
}

/** Each source's interactions, those of its days added up, and its share. */
function shares(answer: KpiAnswer, sources: readonly string[]) {
  const counts = sourceTones(answer.series, sources).map(({ label, tone, points }) => ({
    label,
    tone,
    count: [...points.values()].reduce((sum, value) => sum + value, 0),
  }));
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return counts.map((source) => ({ ...source, share: all === 0 ? 0 : source.count / all }));
}
