/**
 * The safetensors format: named typed arrays behind a JSON header.
 *
 * Layout: u64 header length, header `{name: {dtype, shape, data_offsets}}`, then the arrays.
 * Source: the format's description in the documentation of Hugging Face's `safetensors`.
 */
const DTYPES = {
  U8: Uint8Array,
  I32: Int32Array,
  U32: Uint32Array,
  F32: Float32Array,
  F64: Float64Array,
} as const;
type Dtype = keyof typeof DTYPES;
type Header = Record<
  string,
  { dtype: Dtype; shape: readonly number[]; data_offsets: readonly [number, number] }
>;
export type TensorValues = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;

export interface Tensor<Values extends TensorValues = TensorValues> {
  readonly shape: readonly number[];
  readonly values: Values;
}
export type Tensors = Readonly<Record<string, Tensor>>;

/** A vector as a tensor. */
export function vector<Values extends TensorValues>(values: Values): Tensor<Values> {
  return { shape: [values.length], values };
}

/**
 * The file's bytes in pieces: the header, then each array in the order of `tensors`, widest types
 * first so that every array is aligned to its element.
 *
 * @throws RangeError if an array's length is not the product of its shape
 */
export function encodeSafetensors(tensors: Tensors): readonly Uint8Array[] {
  const entries = Object.entries(tensors).sort(
    ([, a], [, b]) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT,
  );
  let offset = 0;
  const described = entries.map(([name, { shape, values }]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    if (size !== values.length) {
      throw new RangeError(
        `tensor ${name} of shape (${shape.join(", ")}) needs ${size} values, got ${values.length}`,
      );
    }
    const start = offset;
    offset += values.byteLength;
    return [name, { dtype: dtypeOf(values), shape, data_offsets: [start, offset] }] as const;
  });
  // By entries, since an assignment to `__proto__` would make no entry.
  const header: Header = Object.fromEntries(described);
  const json = Buffer.from(JSON.stringify(header));
  const padding = (8 - (json.length % 8)) % 8; // the arrays start at a multiple of 8
  const text = Buffer.concat([json, Buffer.from(" ".repeat(padding))]);
  const head = new Uint8Array(8 + text.length);
  new DataView(head.buffer).setBigUint64(0, BigInt(text.length), true);
  head.set(text, 8);
  return [
    head,
    ...entries.map(
      ([, { values }]) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    ),
  ];
}

/** Where a tensor of a file stands. */
export interface TensorEntry {
  readonly Values: (typeof DTYPES)[Dtype];
  readonly shape: readonly number[];
  /** Bytes from the end of the header to the tensor's first and past its last. */
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the JSON header of a file.
 *
 * @throws RangeError for a dtype that has no typed array here
 */
export function parseSafetensorsHeader(text: Uint8Array): ReadonlyMap<string, TensorEntry> {
  const header = JSON.parse(new TextDecoder().decode(text)) as Header;
  const entries = new Map<string, TensorEntry>();
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    if (!Object.hasOwn(DTYPES, dtype)) {
      const known = Object.keys(DTYPES).join(", ");
      throw new RangeError(`tensor ${name} has dtype ${dtype}, known are ${known}`);
    }
    const [start, end] = data_offsets;
    entries.set(name, { Values: DTYPES[dtype], shape, start, end });
  }
  return entries;
}

/** Reads a file written by {@link encodeSafetensors} or any safetensors library. Arrays are copies. */
export function decodeSafetensors(bytes: Uint8Array): Tensors {
  const headerLength = Number(
    new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true),
  );
  const data = bytes.subarray(8 + headerLength);
  const entries = [...parseSafetensorsHeader(bytes.subarray(8, 8 + headerLength))];
  return Object.fromEntries(
    entries.map(([name, { shape, start, end, Values }]) => {
      // Not data.slice(): a Buffer's slice shares the memory of its whole pool.
      const copy = new Uint8Array(data.subarray(start, end));
      return [name, { shape, values: new Values(copy.buffer) }];
    }),
  );
}

function dtypeOf(values: TensorValues): Dtype {
  if (values instanceof Uint8Array) return "U8";
  if (values instanceof Int32Array) return "I32";
  if (values instanceof Uint32Array) return "U32";
  if (values instanceof Float32Array) return "F32";
  return "F64";
}
