import type { Matrix } from "./matrix.ts";
import type { WasmMemory } from "./webassembly.ts";

const PAGE_BYTES = 65_536;
const ALIGNMENT = 64;
/** The last page of 4 GiB stays unused: the address after its end would not fit in 32 bits. */
const MOST_PAGES = 65_535;

/** The kernels' shared memory as a stack: what is allocated last is freed first. */
export interface Memory {
  /** `length` zeros. */
  readonly float32: (length: number) => Float32Array;
  /** `length` zeros. */
  readonly uint32: (length: number) => Uint32Array;
  /** A matrix of zeros. */
  readonly matrix: (rows: number, columns: number) => Matrix;
  /** The place up to which memory is in use, for {@link Memory.reset}. */
  readonly mark: () => number;
  /**
   * Frees all that was allocated since the mark. The arrays handed out since then must not be used any more:
   * they will share their bytes with later ones. Older arrays are not touched; they stay valid also when the memory grows.
   */
  readonly reset: (mark: number) => void;
}

/** A {@link Memory} with what the operations need beyond it. */
export interface KernelMemory extends Memory {
  /**
   * The array's address, or 0 if there is none.
   *
   * @throws TypeError if it is not in this memory
   */
  readonly address: (array: Float32Array | Uint32Array | undefined) => number;
  /** Lends `bytes` bytes of any content for the time of `use`. */
  readonly lend: (bytes: number, use: (address: number) => void) => void;
}

/**
 * Memory from `start` on, growing on demand up to `memoryMiB`.
 *
 * Growing makes a longer SharedArrayBuffer over the same bytes; views of the shorter ones remain.
 */
export function kernelMemory(
  memory: WasmMemory,
  start: number,
  maximumPages: number,
): KernelMemory {
  let used = alignUp(start);
  /** Bytes from here on have never been written. */
  let fresh = used;
  const buffers = new WeakSet<ArrayBufferLike>();

  const allocate = (bytes: number): number => {
    const address = used;
    const end = alignUp(address + bytes);
    if (end > memory.buffer.byteLength) {
      const pages = Math.ceil(end / PAGE_BYTES);
      if (pages > maximumPages) {
        throw new RangeError(
          `the kernels need ${mebibytes(end)} MiB of memory, allowed are ${mebibytes(maximumPages * PAGE_BYTES)}: raise memoryMiB (at most 4096) or lower the batch`,
        );
      }
      const present = memory.buffer.byteLength / PAGE_BYTES;
      // Half as much again, so that many small allocations grow the memory only now and then.
      memory.grow(Math.min(maximumPages, Math.max(pages, Math.ceil(present * 1.5))) - present);
    }
    used = end;
    return address;
  };
  /** The engine may renew the buffer object at any time after a growth, so it is noted at every use. */
  const buffer = (): SharedArrayBuffer => {
    const present = memory.buffer;
    buffers.add(present);
    return present;
  };
  const zeros = (length: number): number => {
    if (!Number.isSafeInteger(length) || length < 0) {
      throw new RangeError(`the length of an array must be a whole number, got ${length}`);
    }
    const address = allocate(length * 4);
    if (address < fresh) {
      new Uint8Array(memory.buffer, address, Math.min(used, fresh) - address).fill(0);
    }
    fresh = Math.max(fresh, used);
    return address;
  };
  // The address comes first: making room may replace the buffer.
  const float32 = (length: number): Float32Array => {
    const address = zeros(length);
    return new Float32Array(buffer(), address, length);
  };

  return {
    float32,
    uint32(length) {
      const address = zeros(length);
      return new Uint32Array(buffer(), address, length);
    },
    matrix: (rows, columns) => ({ rows, columns, values: float32(rows * columns) }),
    mark: () => used,
    reset(mark) {
      if (mark > used)
        throw new RangeError(`reset: the mark ${mark} is beyond the ${used} bytes in use`);
      used = mark;
    },
    address(array) {
      if (array === undefined) return 0;
      if (!buffers.has(array.buffer)) {
        throw new TypeError(
          "the array is not in the kernels' memory: make it with float32, uint32 or matrix",
        );
      }
      return array.byteOffset;
    },
    lend(bytes, use) {
      const mark = used;
      const address = allocate(bytes);
      fresh = Math.max(fresh, used);
      try {
        use(address);
      } finally {
        used = mark;
      }
    },
  };
}

/** The pages that `memoryMiB` allows. */
export function pagesOf(memoryMiB: number): number {
  return Math.min(MOST_PAGES, Math.floor((memoryMiB * 1_048_576) / PAGE_BYTES));
}

function alignUp(address: number): number {
  return Math.ceil(address / ALIGNMENT) * ALIGNMENT;
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 1_048_576);
}
