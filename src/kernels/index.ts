export type { Adam, AdamOptions, AdamState } from "./adam.ts";
export type { AlongCurves, ColumnFloors, Curves } from "./curves.ts";
export type { GatherOptions, Gathers } from "./gathers.ts";
export type { Inverses } from "./inverse.ts";
export type { LeastSquares } from "./least-squares.ts";
export { type Matrix, type SparseRows, subMatrix } from "./matrix.ts";
export type { Memory } from "./memory.ts";
export type { Normalisation } from "./normalisation.ts";
export { type KernelOptions, type Kernels, openKernels } from "./open-kernels.ts";
export type { AccumulateOptions, PackedMatrix, Products } from "./products.ts";
export { type AliasTable, aliasTable } from "./random/alias-table.ts";
export { type Random, random } from "./random/random.ts";
export { shuffle } from "./random/shuffle.ts";
export type { Rectifier } from "./rectifier.ts";
export type {
  SampledSoftmax,
  SampledSoftmaxInput,
  SampledSoftmaxOutput,
} from "./sampled-softmax.ts";
export type { Scores } from "./scores.ts";
export type { Sparse } from "./sparse.ts";
