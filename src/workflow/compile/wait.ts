import type { WaitState } from "../definition.ts";
import type { JsonObject } from "../json.ts";
import { checkedPath, checkedWhole } from "./check.ts";
import { inputOutput, transition } from "./fields.ts";

/** A Wait state: seconds, written down or looked up. */
export function compileWait(place: string, state: WaitState): JsonObject {
  const { seconds } = state;
  return {
    Type: "Wait",
    ...inputOutput(place, state),
    ...(typeof seconds === "number"
      ? { Seconds: checkedWhole(`${place}.Seconds`, seconds, 0) }
      : { SecondsPath: checkedPath(`${place}.SecondsPath`, seconds.path) }),
    ...transition(state),
  };
}
