import type { Kernel } from "./job.ts";
import { type WasmMemory, type WasmModule, WebAssembly } from "./webassembly.ts";

/** Each thread's scratch: 128 KiB of packed rows and the corner of a tile. */
export const SCRATCH_BYTES = 131_072 + 320;

/** The kernels of one thread, numbered alike in every thread. */
export interface KernelInstance {
  readonly names: readonly string[];
  readonly kernels: readonly Kernel[];
  /** The address from which on the memory is free. */
  readonly heapBase: number;
}

/** Makes a thread's own instance of the kernels over the shared memory. */
export function instantiate(
  module: WasmModule,
  memory: WasmMemory,
  scratchAddress?: number,
): KernelInstance {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  if (scratchAddress !== undefined) exports["useScratch"]!(scratchAddress);
  const names = WebAssembly.Module.exports(module)
    .filter(({ name, kind }) => kind === "function" && name !== "useScratch" && name !== "heapBase")
    .map(({ name }) => name);
  return {
    names,
    kernels: names.map((name) => exports[name]!),
    heapBase: exports["heapBase"]!() >>> 0,
  };
}
