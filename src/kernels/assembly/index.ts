/**
 * The kernels that the host may run. Every one takes the first and the last (exclusive) of the rows that it
 * is to make, then its arguments: addresses as u32, lengths as u32, the rest as f32.
 *
 * An element of a result is always computed by the same operations in the same order, whatever rows are
 * asked for together: that is what makes the bytes the same for every number of threads.
 */
export { heapBase, useScratch } from "./scratch";
export {
  packRows,
  packTransposed,
  multiply,
  multiplyTransposed,
  multiplyPacked,
  multiplyLeftTransposed,
} from "./products";
export { addProductLower, mirrorLower } from "./symmetric";
export { gatherSum, rowDots } from "./gather";
export { normaliseRows, normaliseRowsBackward } from "./normalise";
export { rectify, rectifyBackward } from "./rectify";
export { sampledSoftmax } from "./softmax";
export { adamRows } from "./adam";
export { solveRows } from "./least-squares";
export { topK } from "./top-k";
export { exp, addRow } from "./scores";
export { logSumExpRows } from "./log-sum-exp";
export { multiplySparse } from "./sparse";
export { addScaled, logEvidence } from "./evidence";
export { sigmoidOfCurve, columnsReaching } from "./curve";
