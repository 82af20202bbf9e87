import { type GivenInteraction, type ScoredList, type ScoringQuery } from "../core/index.ts";
import type { ScoringAnswer, ScoringQuestion } from "../schema/index.ts";
import { TextBuffer } from "../storage/index.ts";
import type { LoadedModel } from "./load-model.ts";
import { QuestionError } from "./question-error.ts";

/** A question as the model is asked it, and the ids in it that its data do not have. */
export interface Prepared {
  readonly question: ScoringQuestion;
  readonly query: ScoringQuery;
  readonly unknown: readonly string[];
}

/**
 * Turns the ids of a question into indices.
 *
 * @throws QuestionError if its ratings are not of the data's kind
 */
export function prepare(question: ScoringQuestion, model: LoadedModel): Prepared {
  const unknown = new Set<string>();
  const known = (id: string): number | undefined => {
    const item = model.itemIndex(id);
    if (item === undefined) unknown.add(id);
    return item;
  };
  const { user_id: user, history, candidates } = question;
  const query: ScoringQuery = {
    of:
      history === undefined ? (model.userIndex(user!) ?? []) : interactions(history, known, model),
    k: question.k,
    novelOnly: question.novel_only,
    ...(candidates === undefined
      ? {}
      : { candidates: new Set(candidates.map(known).filter((item) => item !== undefined)) }),
  };
  return { question, query, unknown: [...unknown] };
}

function interactions(
  history: NonNullable<ScoringQuestion["history"]>,
  known: (id: string) => number | undefined,
  { ratings }: LoadedModel,
): readonly GivenInteraction[] {
  return history.flatMap(({ item_id: id, rating }, at) => {
    if (ratings === "explicit" && rating === undefined) {
      throw new QuestionError(
        `history[${at}]: these data have ratings; give the rating of item "${id}" as "rating"`,
      );
    }
    if (ratings === "implicit" && rating !== undefined && rating !== 1) {
      throw new QuestionError(
        `history[${at}]: in these data an interaction has no rating; leave "rating" out, got ${rating}`,
      );
    }
    const item = known(id);
    return item === undefined ? [] : [{ item, rating: rating ?? 1 }];
  });
}

/** Turns a list into an answer. */
export function answerOf(
  { question, unknown }: Prepared,
  list: ScoredList,
  model: LoadedModel,
): ScoringAnswer {
  const { user_id: user } = question;
  return {
    ...(user === undefined ? {} : { user_id: model.userIdOf(user) }),
    ...(list.isCold ? { cold: true } : {}),
    recommendations: Array.from({ length: list.count }, (_, rank) => ({
      item_id: model.itemIdOf(list.indices[rank]!),
      interaction_probability: written(list.probabilities[rank]!),
    })),
    ...(unknown.length === 0 ? {} : { unknown_items: unknown }),
  };
}

/** With the digits that the lists in the bucket and the REST API have. */
function written(probability: number): number {
  const text = new TextBuffer(DIGITS);
  text.appendProbability(probability);
  return Number(text.toString());
}

const DIGITS = 16;
