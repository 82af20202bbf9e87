import type { SucceedState } from "../definition.ts";
import type { JsonObject } from "../json.ts";
import { inputOutput } from "./fields.ts";

/** A Succeed state: it ends its workflow. */
export function compileSucceed(place: string, state: SucceedState): JsonObject {
  return { Type: "Succeed", ...inputOutput(place, state) };
}
