import type { KpiAnswer } from "../schema/index.ts";
import { figureWords, percent, whole } from "../words/index.ts";
import type { ReportFigures } from "./figures.ts";

/** What the week came to, in one sentence. */
export function headline({ figures, period }: ReportFigures): string {
  const interactions = figures.get("interactions")!.answer;
  if (interactions.value === 0) {
    return `Nobody did anything ${period.isWeek ? "in this week" : "in these days"}: the data have no interactions of them.`;
  }
  const share = figures.get("recsys-share")?.answer;
  return share?.value == null
    ? interactionsSentence(interactions, period.isWeek)
    : shareSentence(share, period.isWeek);
}

/** What else is worth a sentence, the most important first. */
export function sentences(report: ReportFigures): readonly string[] {
  const { figures, period } = report;
  const interactions = figures.get("interactions")!.answer;
  if (interactions.value === 0) return [];
  const hasShare = figures.get("recsys-share")?.answer.value != null;
  return [
    ...(hasShare ? [interactionsSentence(interactions, period.isWeek)] : []),
    ...usersSentence(report),
    ...revenueSentence(report),
    ...moverSentences(report),
  ];
}

function shareSentence({ value, previous }: KpiAnswer, isWeek: boolean): string {
  const now = percent(value!);
  const start = `${now} of interactions came from recommendations`;
  if (previous === null) return `${start}.`;
  const before = percent(previous);
  if (before === now) return `${start}, as much as ${timeBefore(isWeek)}.`;
  return `${start}, ${value! > previous ? "up" : "down"} from ${before} ${timeBefore(isWeek)}.`;
}

function interactionsSentence({ value, previous }: KpiAnswer, isWeek: boolean): string {
  return `There were ${whole(value!)} interactions${comparison(value!, previous, isWeek)}.`;
}

function usersSentence({ figures, period }: ReportFigures): string[] {
  const active = figures.get("active-users")!.answer;
  if (active.value === null) return [];
  const reached = figures.get("users-reached")?.answer.value ?? null;
  const followed =
    reached === null || active.value === 0
      ? ""
      : `; ${percent(reached / active.value)} of them, ${whole(reached)}, followed a recommendation`;
  const { value, previous } = active;
  return [
    `${whole(value)} ${value === 1 ? "user was" : "users were"} active${comparison(value, previous, period.isWeek)}${followed}.`,
  ];
}

function revenueSentence({ figures, period }: ReportFigures): string[] {
  const revenue = figures.get("revenue")?.answer;
  if (revenue?.value == null) return [];
  const { value, previous } = revenue;
  const words = figureWords("value", value);
  return [
    `What was shown brought in ${words}${comparison(value, previous, period.isWeek, MEASURED)}.`,
  ];
}

/** The one item that rose most and the one that fell most, with both figures. */
function moverSentences({ figures }: ReportFigures): string[] {
  const movers = moversOf(figures.get("movers")?.answer);
  const [riser, faller] = [movers.risers[0], movers.fallers[0]];
  return [
    ...(riser
      ? [
          `“${riser.name}” rose most, from ${whole(riser.before)} to ${whole(riser.now)} interactions.`,
        ]
      : []),
    ...(faller
      ? [`“${faller.name}” fell most, from ${whole(faller.before)} to ${whole(faller.now)}.`]
      : []),
  ];
}

/** An item whose interactions have become more, or fewer. */
export interface Mover {
  readonly name: string;
  readonly now: number;
  readonly before: number;
}

/** The risers and the fallers of an answer, those first that moved most; none without a period before to set against. */
export function moversOf(answer: KpiAnswer | undefined): {
  readonly risers: readonly Mover[];
  readonly fallers: readonly Mover[];
} {
  if (answer === undefined || answer.value === null) return { risers: [], fallers: [] };
  const at = (column: string): number => answer.table.columns.indexOf(column);
  const [id, title, now, before] = ["item_id", "title", "interactions", "period before"].map(at);
  const all = answer.table.rows.map((row) => ({
    name: String(row[title!]) === "" ? String(row[id!]) : String(row[title!]),
    now: Number(row[now!]),
    before: Number(row[before!]),
  }));
  return {
    risers: all.filter((one) => one.now > one.before),
    fallers: all.filter((one) => one.now < one.before).toReversed(),
  };
}

/** What is counted is fewer and as many, what is measured less and as much. */
const COUNTED = { less: "fewer", much: "many" } as const;
const MEASURED = { less: "less", much: "much" } as const;

/** ", 5.2 % more than the week before", or nothing where the data do not reach back. */
function comparison(
  value: number,
  previous: number | null,
  isWeek: boolean,
  { less, much }: typeof COUNTED | typeof MEASURED = COUNTED,
): string {
  if (previous === null) return "";
  if (value === previous) return `, as ${much} as ${timeBefore(isWeek)}`;
  const than = `${value > previous ? "more" : less} than ${timeBefore(isWeek)}`;
  if (previous === 0) return `, against none ${timeBefore(isWeek)}`;
  const change = percent(Math.abs(value / previous - 1));
  return change === "0.0 %" ? `, about as ${much} as ${timeBefore(isWeek)}` : `, ${change} ${than}`;
}

function timeBefore(isWeek: boolean): string {
  return isWeek ? "the week before" : "in as many days before";
}
