import { ScoringQuestion } from "../schema/index.ts";
import { QuestionError } from "./question-error.ts";

/** What may be asked in: one JSON value (a question or an array of them), or a question a line. */
export type BodyForm = "json" | "lines";

/** A question as it came, and where. */
export interface RawQuestion {
  /** `line 3`, or `[2]` in an array; lines count from 1. */
  readonly where: string;
  /** @throws QuestionError if it is none */
  readonly read: () => ScoringQuestion;
}

const LINE_TYPES = ["application/jsonlines", "application/jsonl", "application/x-ndjson"];

/** The content types that are read, for messages. */
export const CONTENT_TYPES = ["application/json", ...LINE_TYPES].join(", ");

/** How a content type is read, `undefined` if it is not. */
export function bodyForm(contentType: string): BodyForm | undefined {
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/json") return "json";
  return type !== undefined && LINE_TYPES.includes(type) ? "lines" : undefined;
}

/**
 * Finds the questions in a body.
 *
 * @returns them in order, and whether the body was one question on its own
 * @throws QuestionError if a JSON body is no JSON
 */
export function readQuestions(
  body: string,
  form: BodyForm,
): { readonly questions: readonly RawQuestion[]; readonly isSingle: boolean } {
  if (form === "lines") {
    const lines = body.split("\n").map((text, at) => ({ text, where: `line ${at + 1}` }));
    const questions = lines
      .filter(({ text }) => text.trim() !== "")
      .map(({ text, where }) => ({ where, read: () => questionIn(parsed(text)) }));
    return { questions, isSingle: false };
  }
  const value = parsed(body);
  const isSingle = !Array.isArray(value);
  const questions = isSingle
    ? [{ where: "the question", read: () => questionIn(value) }]
    : value.map((entry: unknown, at) => ({ where: `[${at}]`, read: () => questionIn(entry) }));
  return { questions, isSingle };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new QuestionError(
      `no JSON (${(error as Error).message}); a question is {"user_id": 10, "k": 10}`,
    );
  }
}

function questionIn(value: unknown): ScoringQuestion {
  const result = ScoringQuestion.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) =>
    [path.map(String).join("."), message].filter((part) => part !== "").join(": "),
  );
  throw new QuestionError(problems.join("; "));
}
