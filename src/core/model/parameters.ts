import type { Kernels, Matrix } from "../../kernels/index.ts";
import { random } from "../../kernels/index.ts";

/** A trained table: one embedding a row, with Adam's state of each row. */
export interface EmbeddingTable {
  readonly values: Matrix;
  readonly m: Matrix;
  readonly v: Matrix;
  /** Updates that each row has had: rows are touched at different rates, so each corrects its own bias. */
  readonly steps: Uint32Array;
}

/**
 * The trained parameters: item x_i = id[i] + Σ tokens / √|tokens of i|.
 *
 * `recent` is a second set of tables of the same form, used only for history items of `ordered`
 * queries: what an item says about the next one differs from what it is.
 */
export interface Parameters {
  readonly embeddingSize: number;
  readonly item: ItemTables;
  readonly recent: ItemTables | undefined;
  readonly head: QueryHead | undefined;
  /** Do rows that were never trained still hold their initial noise? Those of a finished fit are zero. */
  readonly noisy: boolean;
}

export interface ItemTables {
  /** (I, D) */
  readonly id: EmbeddingTable;
  /** (F, D), F feature tokens */
  readonly token: EmbeddingTable;
}

/** The residual network that queries pass through (`query-head.ts`). */
export interface QueryHead {
  /** (M, D), what each hidden unit looks for */
  readonly hidden: EmbeddingTable;
  /** (M, D), what it adds to the query */
  readonly output: EmbeddingTable;
}

export interface ParameterShape {
  readonly embeddingSize: number;
  readonly items: number;
  readonly tokens: number;
  readonly recent: boolean;
  /** M, hidden units of the query's network; 0 for none. */
  readonly hiddenUnits: number;
}

/** Tables drawn from N(0, 0.01²); a network that changes nothing yet, its hidden units of length 1 or so. */
export function initialParameters(
  kernels: Kernels,
  shape: ParameterShape,
  seed: number,
): Parameters {
  const parameters = { ...emptyParameters(kernels, shape), noisy: true };
  const generator = random(seed);
  for (const [name, { values }] of tablesOf(parameters)) {
    if (name === "head.output") continue;
    const deviation = name === "head.hidden" ? 1 / Math.sqrt(values.columns) : 0.01;
    for (let i = 0; i < values.values.length; i++)
      values.values[i] = deviation * generator.normal();
  }
  return parameters;
}

/** Parameters that are all zero, to be read into. */
export function emptyParameters(kernels: Kernels, shape: ParameterShape): Parameters {
  const { embeddingSize, items, tokens, recent, hiddenUnits } = shape;
  const table = (rows: number): EmbeddingTable => ({
    values: kernels.matrix(rows, embeddingSize),
    m: kernels.matrix(rows, embeddingSize),
    v: kernels.matrix(rows, embeddingSize),
    steps: kernels.uint32(rows),
  });
  const tables = (): ItemTables => ({ id: table(items), token: table(tokens) });
  return {
    embeddingSize,
    item: tables(),
    recent: recent ? tables() : undefined,
    head: hiddenUnits > 0 ? { hidden: table(hiddenUnits), output: table(hiddenUnits) } : undefined,
    noisy: false,
  };
}

/**
 * Sets rows that were never trained to zero, once the fit is done: their initial noise says nothing, and would be
 * taken for knowledge when the item has interactions at last.
 */
export function forgetUntrained(parameters: Parameters): Parameters {
  for (const [, { values, steps }] of tablesOf(parameters)) {
    steps.forEach((updates, row) => {
      const start = row * values.columns;
      if (updates === 0) values.values.fill(0, start, start + values.columns);
    });
  }
  return { ...parameters, noisy: false };
}

/** Every table with its name in the weights file. */
export function tablesOf(parameters: Parameters): readonly (readonly [string, EmbeddingTable])[] {
  const { item, recent, head } = parameters;
  return [
    ["item.id", item.id],
    ["item.token", item.token],
    ...(recent === undefined
      ? []
      : ([
          ["recent.id", recent.id],
          ["recent.token", recent.token],
        ] as const)),
    ...(head === undefined
      ? []
      : ([
          ["head.hidden", head.hidden],
          ["head.output", head.output],
        ] as const)),
  ];
}
