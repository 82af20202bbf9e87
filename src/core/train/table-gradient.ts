import type { Matrix } from "../../kernels/index.ts";
import type { EmbeddingTable } from "../model/parameters.ts";

/** d loss / d rows of a table, for the rows that the batch touched. */
export interface TableGradient {
  readonly table: EmbeddingTable;
  /** (G) distinct rows of the table */
  readonly rows: Uint32Array;
  /** (G, D) */
  readonly gradients: Matrix;
  /** Share of Adam's step size that the table learns at. */
  readonly rate: number;
}
