import type { FailState } from "../definition.ts";
import type { JsonObject } from "../json.ts";
import { checkedPath, given } from "./check.ts";

/** A Fail state: it ends the execution with an error. */
export function compileFail(place: string, { comment, error, cause }: FailState): JsonObject {
  return {
    Type: "Fail",
    ...given({ Comment: comment }),
    Error: error,
    ...(typeof cause === "string"
      ? { Cause: cause }
      : { CausePath: checkedPath(`${place}.CausePath`, cause.path) }),
  };
}
