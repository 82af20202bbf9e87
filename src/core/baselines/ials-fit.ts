import {
  type Kernels,
  type Matrix,
  random,
  type SparseRows,
  subMatrix,
} from "../../kernels/index.ts";
import type { Histories } from "../data/index.ts";
import type { FitOptions } from "./ials-options.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";
import { weightedEntries } from "../neighbours/index.ts";

/** Users and items as vectors: the score of a pair is the dot product of its two rows. */
export interface Factors {
  /** (users, factors), 0 for users without history. */
  readonly users: Matrix;
  /** (items, factors), 0 for items without users. */
  readonly items: Matrix;
}

/** Rows turned at once into the basis of the other side: bounds the room that it takes. */
const BLOCK_ROWS = 8192;

/**
 * Alternating least squares: one half-step solves for all users with the items held still, the next for all items.
 *
 * With G = YᵀY of the side that is held still, every row has the system `(G + λI + Σ w · y yᵀ) x = Σ (1 + w) y`.
 * Both sides are first turned into the eigenvectors of G, which changes no score and leaves a diagonal of G: the part
 * that all rows share then costs nothing, and is the preconditioner.
 */
export class AlternatingLeastSquares {
  /** What the fit has reached; the basis that the vectors are written in changes from step to step. */
  readonly factors: Factors;
  readonly #kernels: Kernels;
  readonly #options: FitOptions;
  readonly #byUser: SparseRows;
  readonly #byItem: SparseRows;
  readonly #mark: number;

  /** @throws RangeError if the vectors and the entries do not fit in the kernels' memory */
  constructor(kernels: Kernels, history: Histories, options: FitOptions) {
    const { users, items } = history;
    this.#kernels = kernels;
    this.#options = options;
    try {
      this.factors = {
        users: kernels.matrix(users, options.factors),
        items: kernels.matrix(items, options.factors),
      };
      this.#mark = kernels.mark();
      const { byUser, byItem } = weightedEntries(kernels, history, options.alpha);
      this.#byUser = byUser;
      this.#byItem = byItem;
    } catch (cause) {
      throw new RangeError(
        `iALS with ${options.factors} factors for ${users} users and ${items} items does not fit in the kernels' memory: use fewer factors`,
        { cause },
      );
    }
    const draws = random(options.seed);
    const deviation = 0.1 / Math.sqrt(options.factors);
    const { values } = this.factors.items;
    for (let i = 0; i < values.length; i++) values[i] = deviation * draws.normal();
  }

  /** One half-step for the users, one for the items. */
  iterate(): void {
    const { users, items } = this.factors;
    this.#solve(users, this.#byUser, items);
    this.#solve(items, this.#byItem, users);
  }

  /** Frees all but the vectors; no step may follow. */
  finish(): Factors {
    this.#kernels.reset(this.#mark);
    return this.factors;
  }

  #solve(x: Matrix, entries: SparseRows, y: Matrix): void {
    const kernels = this.#kernels;
    const { factors: size, regularization, steps } = this.#options;
    const mark = kernels.mark();
    const { values, vectors } = symmetricEigen(this.#gram(y), size);
    const basis = kernels.matrix(size, size);
    basis.values.set(vectors);
    this.#turn(x, basis);
    this.#turn(y, basis);
    const diagonal = kernels.float32(size);
    for (let d = 0; d < size; d++) diagonal[d] = Math.max(0, values[d]!) + regularization;
    kernels.solveRows(x, entries, y, diagonal, steps);
    kernels.reset(mark);
  }

  /** (factors, factors) yᵀ · y. */
  #gram(y: Matrix): Float32Array {
    const kernels = this.#kernels;
    const gram = kernels.matrix(y.columns, y.columns);
    for (let start = 0; start < y.rows; start += BLOCK_ROWS) {
      const block = subMatrix(y, Math.min(BLOCK_ROWS, y.rows - start), start);
      kernels.multiplyLeftTransposed(gram, block, block, { accumulate: true });
    }
    return gram.values;
  }

  /** Every row by its products with the rows of the basis. */
  #turn(matrix: Matrix, basis: Matrix): void {
    const kernels = this.#kernels;
    const mark = kernels.mark();
    const room = kernels.matrix(Math.min(BLOCK_ROWS, matrix.rows), matrix.columns);
    for (let start = 0; start < matrix.rows; start += BLOCK_ROWS) {
      const block = subMatrix(matrix, Math.min(BLOCK_ROWS, matrix.rows - start), start);
      const turned = subMatrix(room, block.rows);
      kernels.multiplyTransposed(turned, block, basis);
      block.values.set(turned.values);
    }
    kernels.reset(mark);
  }
}
