import type { StageRun } from "../schema/index.ts";

/** What reading and checking need to know of a run. */
export type CollectorRun = Pick<
  StageRun,
  "config" | "startedAtSeconds" | "signal" | "report" | "scratchFolder"
>;

/** Reports the bytes read of a file. */
export function byteMeter(
  run: CollectorRun,
  activity: string,
  total: number,
): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done = Math.min(total, done + bytes);
    run.report({ activity, done, total, unit: "bytes" });
  };
}
