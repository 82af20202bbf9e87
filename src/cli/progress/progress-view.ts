import type { Progress } from "../../schema/index.ts";

/** What shows a workflow's steps while they run. */
export interface ProgressView {
  /** A line that stays. */
  readonly note: (line: string) => void;
  readonly started: (step: string) => void;
  readonly progressed: (step: string, progress: Progress) => void;
  /** `outcome` is the line's last word: "done", "failed". */
  readonly ended: (step: string, outcome: string) => void;
  /** Removes what is not to stay. */
  readonly close: () => void;
}

/** The part of a terminal or a file that a view needs. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}
