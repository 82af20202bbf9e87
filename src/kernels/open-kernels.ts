import { adam, type Adam } from "./adam.ts";
import { type Curves, curves } from "./curves.ts";
import { gathers, type Gathers } from "./gathers.ts";
import { instantiate, SCRATCH_BYTES } from "./instance.ts";
import { type Inverses, inverses } from "./inverse.ts";
import { JOB_BYTES, jobAt } from "./job.ts";
import { type LeastSquares, leastSquares } from "./least-squares.ts";
import { kernelMemory, type Memory, pagesOf } from "./memory.ts";
import { normalisation, type Normalisation } from "./normalisation.ts";
import { products, type Products } from "./products.ts";
import { rectifier, type Rectifier } from "./rectifier.ts";
import { sampledSoftmax, type SampledSoftmax } from "./sampled-softmax.ts";
import { scoring, type Scores } from "./scores.ts";
import { sparse, type Sparse } from "./sparse.ts";
import { startTeam } from "./team.ts";
import { WebAssembly } from "./webassembly.ts";
import { joinVectors } from "./wide-vectors.ts";

/**
 * The numeric kernels over one shared memory. Every array given to an operation comes from that memory.
 *
 * An operation blocks until it is done and gives the same bytes for every number of threads.
 */
export interface Kernels
  extends
    Memory,
    Products,
    Gathers,
    Normalisation,
    Rectifier,
    SampledSoftmax,
    Adam,
    LeastSquares,
    Inverses,
    Sparse,
    Scores,
    Curves {
  readonly threads: number;
  /** Ends the worker threads; no operation may follow. */
  close(): Promise<void>;
}

export interface KernelOptions {
  /** The compiled kernels, `build/kernels.wasm`. */
  readonly wasm: Uint8Array;
  /** Threads that work at once, the caller's included: 1 starts no worker. */
  readonly threads: number;
  /**
   * The most memory that may be used.
   *
   * @default 4096, which is also the limit
   */
  readonly memoryMiB?: number | undefined;
}

/** Compiles the kernels, makes their memory and starts their threads. */
export async function openKernels({
  wasm,
  threads,
  memoryMiB = 4096,
}: KernelOptions): Promise<Kernels> {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`threads must be a whole number from 1 on, got ${threads}`);
  }
  joinVectors();
  const maximum = pagesOf(memoryMiB);
  const module = new WebAssembly.Module(wasm);
  const shared = new WebAssembly.Memory({ initial: 1, maximum, shared: true });
  // The address of the thread's scratch is known only once the module has said where its constants end.
  const { heapBase } = instantiate(module, shared);
  const memory = kernelMemory(shared, heapBase, maximum);
  const jobAddress = memory.address(memory.uint32(JOB_BYTES / 4));
  const scratchAddresses = Array.from({ length: threads }, () =>
    memory.address(memory.uint32(SCRATCH_BYTES / 4)),
  );
  const [own, ...others] = scratchAddresses;
  const team = await startTeam(
    instantiate(module, shared, own),
    jobAt(shared.buffer, jobAddress),
    others.map((scratchAddress) => ({ module, memory: shared, jobAddress, scratchAddress })),
  );
  const { float32, uint32, matrix, mark, reset } = memory;
  const dense = products(memory, team);
  return {
    threads,
    float32,
    uint32,
    matrix,
    mark,
    reset,
    ...dense,
    ...gathers(memory, team),
    ...rectifier(memory, team),
    ...normalisation(memory, team),
    ...sampledSoftmax(memory, team),
    ...adam(memory, team),
    ...leastSquares(memory, team),
    ...inverses(memory, team, dense),
    ...scoring(memory, team),
    ...sparse(memory, team),
    ...curves(memory, team),
    close: () => team.close(),
  };
}
