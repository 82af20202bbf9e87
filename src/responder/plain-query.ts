import type { ParameterLimits, RecommendationType } from "../schema/index.ts";

/** The parameters that every route has, checked. */
export interface PlainParameters {
  readonly type: RecommendationType;
  readonly id_list: string[];
  readonly k: number;
  readonly novel_only: boolean;
  readonly return_attributes: boolean;
}

/**
 * Reads a query written the usual way: the five parameters once each, plain ids between commas. Checking
 * these with the schema takes longer than answering does.
 *
 * @returns what the schema would, or `undefined` if the query is not usual and only the schema can tell
 */
export function parsePlainQuery(
  query: Readonly<Record<string, unknown>>,
  type: RecommendationType,
  { maxIds }: Pick<ParameterLimits, "maxIds">,
): PlainParameters | undefined {
  const { id_list, k, novel_only, return_attributes } = query;
  if (query["type"] !== type || !isFlag(novel_only) || !isFlag(return_attributes)) return undefined;
  if (typeof id_list !== "string" || !PLAIN_IDS.test(id_list)) return undefined;
  if (typeof k !== "string" || !PLAIN_K.test(k)) return undefined;
  if (Object.keys(query).length !== 5) return undefined;
  const ids = new Set(id_list.split(","));
  if (ids.size > maxIds) return undefined;
  return {
    type,
    id_list: [...ids],
    k: Number(k),
    novel_only: novel_only === "1",
    return_attributes: return_attributes === "1",
  };
}

const PLAIN_IDS = /^[\w-]+(?:,[\w-]+)*$/;
const PLAIN_K = /^[1-9]\d{0,8}$/;

function isFlag(value: unknown): value is "0" | "1" {
  return value === "0" || value === "1";
}
