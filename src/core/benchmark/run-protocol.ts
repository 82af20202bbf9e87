import { type Evaluation, PART, type Progress, type RecSysConfig } from "../../schema/index.ts";
import { baselines } from "../baselines/index.ts";
import type { Dataset, Scorer } from "../data/index.ts";
import { evaluateModel } from "../evaluate/index.ts";
import { ModelScorer } from "../model/model-scorer.ts";
import { openCoreKernels } from "../open-kernels.ts";
import { threadsFor } from "../threads.ts";
import { calibrate } from "../train/calibrate-search.ts";
import { noCheckpoints } from "../train/checkpoint.ts";
import { finalFit } from "../train/final-fit.ts";
import { fitData, tune } from "../train/tune.ts";

/** One run of a benchmark over a dataset that is already divided. */
export interface ProtocolTask {
  readonly dataset: Dataset;
  /** (items) 1 where an item may be ranked; every item where left out. */
  readonly candidates?: Uint8Array | undefined;
  readonly config: RecSysConfig;
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/** What was measured, and the wall seconds of each step. */
export interface ProtocolResult {
  readonly evaluation: Evaluation;
  readonly seconds: {
    readonly tune: number;
    readonly train: number;
    /** All baselines. */
    readonly baselines: number;
    readonly evaluate: number;
  };
  /** Of the fit of each baseline, by its name. */
  readonly baselineSeconds: Readonly<Record<string, number>>;
}

/**
 * Finds settings on the validation rows, fits on training and validation rows, evaluates on the test
 * rows: what the core workflow does up to its gate, without writing anything.
 */
export async function runProtocol(task: ProtocolTask): Promise<ProtocolResult> {
  const { dataset, config, signal, report } = task;
  const { training } = config;
  const kernels = await openCoreKernels(threadsFor(training));
  const fitRun = { signal, report, checkpoints: noCheckpoints };
  try {
    const started = performance.now();
    const tuning = await tune(kernels, dataset, training, fitRun);
    const calibrator = await calibrate(kernels, dataset, tuning, fitRun);
    const tuned = performance.now();
    const data = fitData(dataset, [PART.train, PART.validation], training.useFeatures);
    const model = await finalFit(kernels, data, tuning.settings, "final", fitRun);
    const trained = performance.now();
    const built: Scorer[] = [];
    const baselineSeconds: Record<string, number> = {};
    for (const { name, build } of baselines(kernels, data.train, data.tokens)) {
      const before = performance.now();
      built.push(await build({ signal, report }));
      baselineSeconds[name] = (performance.now() - before) / 1000;
    }
    const fitted = performance.now();
    const evaluation = await evaluateModel({
      dataset,
      model: new ModelScorer(kernels, model, data.train),
      // Probabilities of items that no validation row could hold say nothing of the calibration.
      calibrator: task.candidates === undefined ? calibrator : undefined,
      baselines: built,
      config: config.evaluation,
      candidates: task.candidates,
      kernels,
      signal,
      report,
    });
    const evaluated = performance.now();
    return {
      evaluation,
      seconds: {
        tune: (tuned - started) / 1000,
        train: (trained - tuned) / 1000,
        baselines: (fitted - trained) / 1000,
        evaluate: (evaluated - fitted) / 1000,
      },
      baselineSeconds,
    };
  } finally {
    await kernels.close();
  }
}
