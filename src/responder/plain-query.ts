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
 * Reads the text of a query written the usual way: the five parameters once each in any order, plain ids
 * between commas. To take it apart and to check it with the schema takes longer than answering does.
 *
 * @returns what the schema would, or `undefined` if the query is not usual and only the schema can tell
 */
export function parsePlainQuery(
  query: string,
  type: RecommendationType,
  { maxIds }: Pick<ParameterLimits, "maxIds">,
): PlainParameters | undefined {
  const pairs = query.split("&");
  if (pairs.length !== 5) return undefined;
  let typed = false;
  let ids: string[] | undefined;
  let k: number | undefined;
  let novelOnly: boolean | undefined;
  let returnAttributes: boolean | undefined;
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if (equals < 0) return undefined;
    const value = pair.slice(equals + 1);
    switch (pair.slice(0, equals)) {
      case "type":
        typed = value === type;
        break;
      case "id_list":
        ids = plainIds(value);
        break;
      case "k":
        k = PLAIN_K.test(value) ? Number(value) : undefined;
        break;
      case "novel_only":
        novelOnly = flag(value);
        break;
      case "return_attributes":
        returnAttributes = flag(value);
        break;
    }
  }
  if (!typed || ids === undefined || ids.length > maxIds) return undefined;
  if (k === undefined || novelOnly === undefined || returnAttributes === undefined)
    return undefined;
  return { type, id_list: ids, k, novel_only: novelOnly, return_attributes: returnAttributes };
}

const PLAIN_IDS = /^[\w-]+(?:,[\w-]+)*$/;
const PLAIN_K = /^[1-9]\d{0,8}$/;
/** Up to here comparing each id with all others is faster than a set. */
const FEW = 8;

function plainIds(value: string): string[] | undefined {
  const list = value.includes("%") ? value.replaceAll(/%2c/gi, ",") : value;
  if (!PLAIN_IDS.test(list)) return undefined;
  const ids = list.split(",");
  return ids.length <= FEW && ids.every((id, i) => ids.indexOf(id) === i) ? ids : [...new Set(ids)];
}

function flag(value: string): boolean | undefined {
  return value === "0" ? false : value === "1" ? true : undefined;
}
