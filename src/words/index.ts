export { type Change, changeOf } from "./change.ts";
export { addDays, daysBetween, dayWords, isDay, monthWords, shortDay } from "./day.ts";
export { axisWords, figureWords, signed, type Unit } from "./figure-words.ts";
export { isClearLead } from "./lead.ts";
export { compact, percent, whole } from "./numbers.ts";
export { HEADLINE_KPIS, KPI_SECTIONS, type KpiSection } from "./sections.ts";
export { STACK_TITLES } from "./stack-titles.ts";
