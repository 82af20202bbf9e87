import type { Tensor, TensorValues } from "../../storage/index.ts";

/** What was written after a round: tensors by name, read one at a time. */
export interface RoundTensors {
  readonly names: readonly string[];
  read(name: string): Promise<Tensor>;
}

const PARTS = ["values", "m", "v"] as const;

/**
 * The average of what several instances made of the same parameters in one round, row by row.
 *
 * A row counts from each instance by the updates it has had there: of a rare item that only one has met, nothing is lost to the others'
 * unchanged copies. A row that nobody has touched is the same everywhere. The updates add up.
 *
 * Source: McMahan et al., "Communication-efficient learning of deep networks from decentralized data", AISTATS 2017, there
 * with one weight for all parameters of an instance.
 *
 * @param before - what the round began with; undefined if with a new fit, no row of which has had an update
 * @param after - of each instance, in the order of the shards
 */
export async function averageRound(
  before: RoundTensors | undefined,
  after: readonly RoundTensors[],
): Promise<Readonly<Record<string, Tensor>>> {
  const averaged: Record<string, Tensor> = {};
  const tables = after[0]!.names
    .filter((name) => name.endsWith(".steps"))
    .map((name) => name.slice(0, -".steps".length));
  for (const table of tables) {
    const start = await before?.read(`${table}.steps`);
    const ends = await Promise.all(after.map((instance) => instance.read(`${table}.steps`)));
    const updates = ends.map(({ values }) => values.map((n, row) => n - (start?.values[row] ?? 0)));
    const total = Uint32Array.from(ends[0]!.values, (_, row) =>
      updates.reduce((sum, of) => sum + of[row]!, 0),
    );
    averaged[`${table}.steps`] = {
      shape: ends[0]!.shape,
      values: total.map((sum, row) => sum + (start?.values[row] ?? 0)),
    };
    for (const part of PARTS) {
      averaged[`${table}.${part}`] = await averageRows(`${table}.${part}`, after, updates, total);
    }
  }
  return averaged;
}

async function averageRows(
  name: string,
  after: readonly RoundTensors[],
  updates: readonly TensorValues[],
  total: Uint32Array,
): Promise<Tensor> {
  const { shape, values } = await after[0]!.read(name);
  const columns = shape[1]!;
  const sums = Float64Array.from(values);
  total.forEach((sum, row) => {
    if (sum > 0) scaleRow(sums, row, columns, updates[0]![row]! / sum);
  });
  for (let instance = 1; instance < after.length; instance++) {
    const { values: others } = await after[instance]!.read(name);
    total.forEach((sum, row) => {
      const share = sum === 0 ? 0 : updates[instance]![row]! / sum;
      if (share === 0) return;
      for (let at = row * columns; at < (row + 1) * columns; at++) sums[at]! += share * others[at]!;
    });
  }
  return { shape, values: Float32Array.from(sums) };
}

function scaleRow(values: Float64Array, row: number, columns: number, factor: number): void {
  for (let at = row * columns; at < (row + 1) * columns; at++) values[at]! *= factor;
}
