import { type Evaluation, TEST_FILE_SPLIT } from "../../schema/index.ts";
import type { Dataset } from "../data/index.ts";

/** Which rows the split held out: what a figure says of the future depends on it. */
export function heldOutRows({
  split,
  timestamp,
}: Pick<Dataset, "split" | "timestamp">): Evaluation["heldOutRows"] {
  switch (split) {
    case TEST_FILE_SPLIT:
      return "file";
    case "leave-last-out":
      return "latest";
    case "per-user":
      return timestamp === undefined ? "random" : "latest";
    default:
      return "random"; // of items
  }
}
