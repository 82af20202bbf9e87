import type { Progress } from "../../schema/index.ts";

/** What the fit of a baseline needs besides its data. */
export interface BaselineRun {
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}
