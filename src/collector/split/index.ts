import { random } from "../../kernels/index.ts";
import { type CollectorConfig, PART } from "../../schema/index.ts";
import { splitGlobalTime } from "./global-time.ts";
import type { Histories } from "./history.ts";
import { splitLeaveLastOut } from "./leave-last-out.ts";
import { splitPerUser } from "./per-user.ts";
import { keepRepeatedPairsTogether } from "./repeated-pairs.ts";

export type { Histories } from "./history.ts";

/** Which part each row belongs to, and the figures that fall out of finding it. */
export interface Split {
  /** (R) */
  readonly part: Uint8Array;
  /** Different (user, item) pairs. */
  readonly pairs: number;
  readonly rowsByPart: {
    readonly train: number;
    readonly validation: number;
    readonly test: number;
  };
}

/** Histories with the time of each row, where there is one. */
interface DatedHistories extends Histories {
  /** (R), Unix seconds */
  readonly timestamp: Float64Array | undefined;
}

/** Divides the rows into training, validation and test. */
export function splitRows(
  histories: DatedHistories,
  items: number,
  split: CollectorConfig["split"],
  seed: number,
): Split {
  const part = assign(histories, split, seed);
  const pairs = keepRepeatedPairsTogether(histories, items, part);
  const count = (wanted: number): number => {
    let rows = 0;
    for (let row = 0; row < part.length; row++) if (part[row] === wanted) rows++;
    return rows;
  };
  return {
    part,
    pairs,
    rowsByPart: {
      train: count(PART.train),
      validation: count(PART.validation),
      test: count(PART.test),
    },
  };
}

function assign(
  histories: DatedHistories,
  split: CollectorConfig["split"],
  seed: number,
): Uint8Array {
  switch (split) {
    case "per-user":
      return splitPerUser(histories, histories.timestamp === undefined ? random(seed) : undefined);
    case "leave-last-out":
      return splitLeaveLastOut(histories);
    case "global-time":
      return splitGlobalTime(histories.timestamp);
  }
}
