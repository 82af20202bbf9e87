import { z } from "zod";

import { parseIdList } from "./id-list.ts";

/** The `type` of each route, which repeats its path (A13). */
export type RecommendationType = "items2users" | "users2items" | "popular_items";

/** In a query every value is text, or texts where a name is repeated; a JSON body also has numbers (A33). */
export type ParameterSource = "query" | "body";

export interface ParameterLimits {
  /** Most distinct ids in a request (A12). */
  readonly maxIds: number;
  /** May `k`, `novel_only` and `return_attributes` be left out (10, 0, 0)? (A13) */
  readonly lenient: boolean;
}

/** The parameters of a `/recommend/*` route. Each problem's message names its parameter. */
export function recommendationParameters(
  type: RecommendationType,
  source: ParameterSource,
  { maxIds, lenient }: ParameterLimits,
) {
  const k = source === "query" ? kText : z.union([z.int().min(1), kText], { error: kRule });
  const novelOnly = flag("novel_only", source).describe(
    "1: only pairs that have never interacted. 0: all pairs.",
  );
  const returnAttributes = flag("return_attributes", source).describe(
    "1: with attributes. 0: without.",
  );
  return z.strictObject(
    {
      type: z
        .literal(type, { error: rule("type", `"${type}" on this path`) })
        .describe("Repeats the path."),
      id_list: idList(source, maxIds).describe(
        `At most ${maxIds} distinct ids: 10,20 or [10,20] or ["a","b, c"], or the parameter repeated.`,
      ),
      k: (lenient ? k.prefault("10") : k)
        .transform(Number)
        .describe("Longest list wanted per id; at most the stored lists' length."),
      novel_only: lenient ? novelOnly.prefault("0") : novelOnly,
      return_attributes: lenient ? returnAttributes.prefault("0") : returnAttributes,
    },
    { error: wholeProblem },
  );
}

/** By what the users of an item are ranked: by probability, or by how far it lies above the usual. */
export const RankBy = z
  .enum(["probability", "lift"], { error: rule("rank_by", '"probability" or "lift"') })
  .default("probability")
  .describe("What the list is ranked by; the values stay probabilities.");

const kRule = rule("k", "an integer of at least 1");
const kText = z.string({ error: kRule }).regex(/^0*[1-9]\d{0,8}$/, { error: kRule });

function flag(name: string, source: ParameterSource) {
  return z
    .literal(source === "query" ? ["0", "1"] : ["0", "1", 0, 1], { error: rule(name, "0 or 1") })
    .transform((value) => Number(value) === 1);
}

/** In a JSON array every element is one id as it stands; a text is read as {@link parseIdList} does. */
function idList(source: ParameterSource, maxIds: number) {
  const one = source === "query" ? z.string() : z.union([z.string(), z.int()]);
  return z
    .union([one, z.array(one)], { error: rule("id_list", "a list of ids, such as 10,20") })
    .transform((value, context) => {
      try {
        const ids = Array.isArray(value)
          ? value.flatMap((id) => (source === "query" ? parseIdList(String(id)) : String(id)))
          : parseIdList(String(value));
        return checkedIds(ids, maxIds);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        context.addIssue({ code: "custom", message: `id_list: ${error.message}` });
        return z.NEVER;
      }
    });
}

function checkedIds(ids: readonly string[], maxIds: number): string[] {
  const distinct = new Set(ids);
  if (ids.length === 0) throw new SyntaxError("at least one id is needed");
  if (distinct.has("")) throw new SyntaxError("an id is empty");
  if (distinct.size > maxIds) {
    throw new SyntaxError(`at most ${maxIds} ids can be asked for at once, got ${distinct.size}`);
  }
  return [...distinct];
}

interface Problem {
  readonly code?: string | undefined;
  readonly input?: unknown;
  readonly keys?: readonly string[] | undefined;
}

function rule(name: string, expected: string): (problem: Problem) => string {
  return ({ input }) =>
    input === undefined
      ? `${name} is required: ${expected}`
      : `${name} must be ${expected}, got ${shown(input ?? null)}`;
}

function wholeProblem({ code, keys, input }: Problem): string {
  return code === "unrecognized_keys"
    ? `${keys?.[0] ?? ""} is not a parameter of this path`
    : `the parameters must be a JSON object, got ${shown(input ?? null)}`;
}

function shown(input: unknown): string {
  const text = JSON.stringify(input);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
