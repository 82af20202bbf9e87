import { readFile } from "node:fs/promises";

import { type Kernels, openKernels } from "../kernels/index.ts";

/** Opens the compiled kernels; close them when the work is done. */
export async function openCoreKernels(threads: number): Promise<Kernels> {
  const path = new URL("../../build/kernels.wasm", import.meta.url);
  return openKernels({ wasm: await readFile(path), threads });
}
