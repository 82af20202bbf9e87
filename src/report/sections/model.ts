import { markup, type Markup, table } from "../../page/index.ts";
import { dayWords, isClearLead, percent } from "../../words/index.ts";
import type { ServedModel } from "../served-model.ts";

/** How good and how fresh the model is that recommends. */
export function modelSection(model: ServedModel | undefined, madeAt: Date): Markup {
  return markup`<section><h2>Model quality and freshness</h2>${
    model === undefined
      ? markup`<p>No model is served yet: nothing is recommended. One is as soon as a core execution has passed its gate.</p>`
      : markup`<p>${freshness(model, madeAt)} ${quality(model)}</p>${facts(model)}`
  }</section>`;
}

function freshness({ madeAt: served, dataAt }: ServedModel, now: Date): string {
  const made = `The recommendations that are served were made ${ago(served, now)}`;
  return dataAt === null ? `${made}.` : `${made}, from data collected ${ago(dataAt, now)}.`;
}

function quality({ evaluation }: ServedModel): string {
  const ndcg = evaluation?.metrics["ndcg@10"];
  if (evaluation === undefined || ndcg === undefined) {
    return "How good their model is, is not known: it was not evaluated, or its evaluation is no longer kept.";
  }
  const { bestBaseline, promotion } = evaluation;
  const lead =
    bestBaseline === null || bestBaseline.value === 0
      ? ""
      : isClearLead(ndcg, bestBaseline)
        ? ` ${leadWords(ndcg.value / bestBaseline.value - 1)} the best simple method, ${bestBaseline.name}.`
        : ` about as good as those of the best simple method, ${bestBaseline.name}: what lies between them is within chance.`;
  const promoted =
    promotion === null
      ? ""
      : ` The gate had rejected it; ${promotion.by} promoted it on ${dayWords(promotion.at.slice(0, 10))}: “${promotion.reason}”`;
  return `On interactions that it had not seen, its lists were${lead}${promoted}`;
}

function leadWords(lead: number): string {
  return `${percent(Math.abs(lead))} ${lead > 0 ? "better" : "worse"} (by NDCG@10) than those of`;
}

function facts({ execution, trainedBy, evaluation }: ServedModel): Markup {
  const ndcg = evaluation?.metrics["ndcg@10"];
  const hits = evaluation?.metrics["hitRate@10"];
  const rows: readonly (readonly [string, string])[] = [
    ["Served execution", execution],
    ...(trainedBy === execution ? [] : [["Trained by", trainedBy] as const]),
    ...(ndcg === undefined
      ? []
      : [["NDCG@10 (95 % interval)", withInterval(ndcg, (value) => value.toFixed(4))] as const]),
    ...(hits === undefined
      ? []
      : [["Users with a hit among their first 10", withInterval(hits, percent)] as const]),
    ...(evaluation?.bestBaseline == null
      ? []
      : [
          [
            `NDCG@10 of the best simple method, ${evaluation.bestBaseline.name}`,
            evaluation.bestBaseline.value.toFixed(4),
          ] as const,
        ]),
    ...(evaluation?.calibration == null
      ? []
      : [
          [
            "Predicted ÷ observed probability (1 is right)",
            evaluation.calibration.toFixed(2),
          ] as const,
        ]),
  ];
  return markup`<div class="facts">${table(
    ["", ""],
    rows.map(([name, value]) => markup`<tr><td class="words">${name}</td><td>${value}</td></tr>`),
  )}</div>`;
}

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function withInterval({ value, low, high }: Interval, words: (value: number) => string): string {
  return `${words(value)} (${words(low)} – ${words(high)})`;
}

function ago(time: string, now: Date): string {
  const day = dayWords(time.slice(0, 10));
  const days = Math.floor((now.getTime() - Date.parse(time)) / 86_400_000);
  if (days < 1) return `on ${day}`;
  return `${days === 1 ? "a day" : `${days} days`} before this report, on ${day}`;
}
