import type { RecSysConfig } from "./config/config.ts";

/** One step forward of a stage, for progress displays. Quantities that make no sense are left out. */
export interface Progress {
  /** What is being done, in the user's words: "read interactions", "train". */
  readonly activity: string;
  /** Units done, and in all if known; the unit is named: rows, steps, users. */
  readonly done?: number;
  readonly total?: number;
  readonly unit?: string;
  /** Figures of the moment, such as `epoch`, `loss`, `ndcg@10`. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** The two fits of a model: the evaluated one, and the one on all rows that is served. */
export const FITS = ["evaluated", "served"] as const;
export type FitName = (typeof FITS)[number];

/** A round of a fit that several instances share. */
export interface Round {
  readonly fit: FitName;
  /** From 0 on, of `count` rounds. */
  readonly index: number;
  readonly count: number;
}

/** What a stage is told when it runs: the same in every runner. */
export interface StageRun {
  /** Name of the execution that the artefacts belong to. */
  readonly execution: string;
  /** Time the execution started, in Unix seconds: stages do not read the clock. */
  readonly startedAtSeconds: number;
  readonly config: RecSysConfig;
  /**
   * The executions whose artefacts this one reads, pinned when it started: `processed_data` always in
   * the core workflow, `model` when an earlier model is used instead of training, `served` (the
   * execution behind the serving pointer) when there is one.
   */
  readonly inputs: Readonly<Record<string, string>>;
  /** This job's part of the work: 0 of 1 when the step is not sharded. */
  readonly shard: { readonly index: number; readonly count: number };
  /** Worker threads that its kernels may use; results do not depend on the number. */
  readonly threads: number;
  /** The round of training that the job is part of; undefined for all other jobs. */
  readonly round?: Round | undefined;
  /** Aborted when the user stops the execution; the stage then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
  /** An empty folder on the local disk that is removed after the job. */
  readonly scratchFolder: string;
}
