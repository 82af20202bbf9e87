import type { Kernels } from "../../kernels/index.ts";
import type { Evaluation } from "../../schema/index.ts";
import { compareRankings, type JudgingTask } from "./compare-rankings.ts";
import { heldOutUsers, rankHeldOut, type RankingRun, type Scorers } from "./rank-held-out.ts";

/** What is evaluated, and against what. */
export interface EvaluationTask extends JudgingTask, Scorers, RankingRun {
  readonly kernels: Kernels;
}

/** Ranks all items for the held-out part by every scorer, compares them, and lets the gate decide: in one process. */
export async function evaluateModel(task: EvaluationTask): Promise<Evaluation> {
  const held = heldOutUsers(task);
  const everybody = { start: 0, end: held.population.users.length };
  const ranked = await rankHeldOut(held, everybody, task);
  task.report({ activity: "compare the rankings" });
  return compareRankings(task, held, ranked);
}
