import type { Kernels } from "../../kernels/index.ts";
import type { Histories, Scorer, Tokens } from "../data/index.ts";
import {
  contentEvidence,
  easeEvidence,
  type EaseOptions,
  type Evidence,
  filterEvidence,
} from "../neighbours/index.ts";
import { Scratch } from "../rows/scratch.ts";

/**
 * EASE alone, a linear autoencoder (Steck 2019): `score_ui = Σ_{j ∈ history of u} w_uj · B_ji`.
 *
 * It needs items² · 4 bytes of the kernels' memory.
 */
export function ease(kernels: Kernels, history: Histories, options?: EaseOptions): Scorer {
  return evidenceScorer(kernels, "EASE", history.items, easeEvidence(kernels, history, options));
}

/** The linear filter alone (Shen et al. 2021), pruned and with its tail, as it also stands in the model. */
export function linearFilterScorer(kernels: Kernels, history: Histories): Scorer {
  return evidenceScorer(kernels, "linear filter", history.items, filterEvidence(kernels, history));
}

/** Content kNN: `score_ui = Σ_{j ∈ history of u} cos(tokens of j, tokens of i)`, tokens weighted by idf. */
export function contentKnn(kernels: Kernels, history: Histories, tokens: Tokens): Scorer {
  const evidence = contentEvidence(kernels, history, tokens);
  return evidenceScorer(kernels, "content-kNN", history.items, evidence);
}

function evidenceScorer(kernels: Kernels, name: string, items: number, evidence: Evidence): Scorer {
  // Not `scoreBlock`: it frees what is allocated meanwhile, and evidence keeps buffers from call to call.
  const scratch = new Scratch(kernels);
  return {
    name,
    score(users, scores) {
      const length = users.length * items;
      const inKernels = scores.buffer instanceof SharedArrayBuffer;
      const values = inKernels ? scores.subarray(0, length) : scratch.float32("out", length);
      evidence.gather(users, { rows: users.length, columns: items, values });
      if (!inKernels) scores.set(values);
    },
  };
}
