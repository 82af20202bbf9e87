import type { Estimate, Evaluation } from "../../../schema/index.ts";
import { roundPercent, times } from "./numbers.ts";
import { gateLength, leadOver, type Relation, relationOf, standings } from "./standings.ts";

/** The model and its strongest rival by what is counted in hits: how many held-out items stand in the lists. */
export interface Duel {
  readonly rival: string;
  /** `precision@k`, the number of hits over k. */
  readonly metric: string;
  readonly model: Estimate;
  readonly other: Estimate;
  readonly lead: Estimate;
}

/** The comparison that the headline is about; `undefined` without baselines or users. */
export function duel(evaluation: Evaluation): Duel | undefined {
  const { model, bestBaseline } = standings(evaluation);
  const metric = `precision@${gateLength(evaluation)}`;
  const [mine, theirs] = [model.metrics[metric], bestBaseline?.metrics[metric]];
  if (bestBaseline === undefined || mine === undefined || theirs === undefined) return undefined;
  const lead = leadOver(evaluation, bestBaseline.name, metric);
  return lead && { rival: bestBaseline.name, metric, model: mine, other: theirs, lead };
}

/** The verdict in one sentence for somebody who never heard of a metric. */
export function headline(evaluation: Evaluation): string {
  const { gate, counts } = evaluation;
  const decision = `The new model is ${gate.selected ? "served" : "rejected"}`;
  if (counts.evaluatedUsers === 0) {
    return `${decision}: nobody has a held-out item to find, so nothing could be measured.`;
  }
  const compared = duel(evaluation);
  if (compared === undefined) return `${decision}: ${aboutItself(evaluation)}.`;
  const relation = relationOf(compared.lead);
  return `${decision}${joint(gate.selected, relation)} ${clause(compared, relation, wanted(evaluation))}.`;
}

/** What was to be found, in a person's words. */
export function wanted(evaluation: Evaluation): string {
  return `items that people ${choice(evaluation)}`;
}

/** What a user does with a relevant item. */
export function choice({ positiveThreshold }: Evaluation): string {
  return positiveThreshold === null
    ? "went on to choose"
    : `went on to rate ${positiveThreshold} or better`;
}

function joint(selected: boolean, relation: Relation): string {
  if (selected) return relation === "behind" ? ", but" : ":";
  return relation === "ahead" ? ", although" : ":";
}

function clause({ rival, model, other }: Duel, relation: Relation, what: string): string {
  const simple = `the best simple method, ${rival},`;
  switch (relation) {
    case "ahead":
      return other.value === 0
        ? `it finds ${what} where ${simple} finds none`
        : `it finds ${times(model.value / other.value)} as many of the ${what} as the best simple method, ${rival}`;
    case "level":
      return `it finds about as many of the ${what} as the best simple method, ${rival}; the difference is within chance`;
    case "behind":
      return model.value === 0
        ? `${simple} finds ${what} where it finds none`
        : `${simple} finds ${times(other.value / model.value)} as many of the ${what}`;
  }
}

function aboutItself(evaluation: Evaluation): string {
  const k = gateLength(evaluation);
  const share = standings(evaluation).model.metrics[`hitRate@${k}`]?.value ?? 0;
  return `${roundPercent(share)} of users find something they ${choice(evaluation)} among its first ${k}`;
}
