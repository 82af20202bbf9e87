import type { BurnPlan } from "../../../../schema/index.ts";
import { bytes, whole } from "../../format/numbers.ts";

/** Everything that burning removes, added up: "4 things, 1,204 objects, 31.2 MB". */
export function totalRemoved(removed: BurnPlan["removed"]): string {
  const objects = removed.reduce((sum, group) => sum + group.objects, 0);
  const size = removed.reduce((sum, group) => sum + group.bytes, 0);
  return `${whole(objects)} ${objects === 1 ? "object" : "objects"}, ${bytes(size)}`;
}

/** The share of a burning's bytes that are gone, from 0 to 100; of its steps where there are no bytes. */
export function burnedPercent({ steps }: NonNullable<BurnPlan["progress"]>): number {
  const total = steps.reduce((sum, step) => sum + step.bytes, 0);
  const done = steps.filter(({ state }) => state === "done");
  const share =
    total === 0
      ? done.length / Math.max(1, steps.length)
      : done.reduce((sum, step) => sum + step.bytes, 0) / total;
  return Math.round(share * 100);
}
