import { Markup, markup } from "../page/index.ts";
import type { ReportFigures } from "./figures.ts";
import { periodWords } from "./period.ts";
import { allFiguresSection } from "./sections/all-figures.ts";
import { computedSection } from "./sections/computed.ts";
import { daysSection } from "./sections/days.ts";
import { head } from "./sections/head.ts";
import { itemsSection } from "./sections/items.ts";
import { missingSection } from "./sections/missing.ts";
import { modelSection } from "./sections/model.ts";
import type { ServedModel } from "./served-model.ts";
import { REPORT_STYLE } from "./style.ts";

/** The report as one file: no script, no request, readable on paper. */
export function reportPage(
  report: ReportFigures,
  model: ServedModel | undefined,
  madeAt: Date,
): string {
  const isEmpty = report.figures.get("interactions")!.answer.value === 0;
  const ifAny = (section: (report: ReportFigures) => Markup): Markup =>
    isEmpty ? markup`` : section(report);
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>RecSys report, ${periodWords(report.period)}</title><style>${new Markup(REPORT_STYLE)}</style></head><body><main>
${head(report)}
${ifAny(daysSection)}
${ifAny(allFiguresSection)}
${modelSection(model, madeAt)}
${ifAny(itemsSection)}
${missingSection(report)}
${ifAny((measured) => computedSection(measured, madeAt))}
</main></body></html>
`.text;
}
