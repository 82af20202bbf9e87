import type { Kernels, Matrix } from "../../kernels/index.ts";

/**
 * Named buffers in the kernels' memory that are reused from step to step and only ever grow.
 *
 * What a buffer held before is left in it.
 */
export class Scratch {
  readonly kernels: Kernels;
  readonly #floats = new Map<string, Float32Array>();
  readonly #integers = new Map<string, Uint32Array>();

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  float32(name: string, length: number): Float32Array {
    let buffer = this.#floats.get(name);
    if (buffer === undefined || buffer.length < length) {
      buffer = this.kernels.float32(grown(length));
      this.#floats.set(name, buffer);
    }
    return buffer.subarray(0, length);
  }

  uint32(name: string, length: number): Uint32Array {
    let buffer = this.#integers.get(name);
    if (buffer === undefined || buffer.length < length) {
      buffer = this.kernels.uint32(grown(length));
      this.#integers.set(name, buffer);
    }
    return buffer.subarray(0, length);
  }

  matrix(name: string, rows: number, columns: number): Matrix {
    return { rows, columns, values: this.float32(name, rows * columns) };
  }
}

/** Half again as much as asked: batches differ in size, and outgrown buffers are not freed. */
function grown(length: number): number {
  return Math.ceil(length * 1.5) + 64;
}
