import type { Matrix } from "./matrix.ts";
import type { KernelMemory } from "./memory.ts";
import { check, checkMultipleOfFour, shape } from "./shapes.ts";
import type { Team } from "./team.ts";

/** Adam for embeddings, of which a batch touches few rows. */
export interface Adam {
  /**
   * One step of each row that has a gradient. Gradient row i belongs to parameter row q = rows[i], with its own
   * count of steps t:
   *
   * ```
   * m_q = b1 · m_q + (1 − b1) · g_i      v_q = b2 · v_q + (1 − b2) · g_i²
   * parameters_q −= learningRate · (m_q / (1 − b1ᵗ)) / (√(v_q / (1 − b2ᵗ)) + eps)
   * ```
   *
   * Source: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015.
   *
   * @param parameters - (P, D), D a multiple of 4
   * @param gradients - (G, D)
   * @param rows - (G), distinct, each below P
   */
  adamRows(
    parameters: Matrix,
    gradients: Matrix,
    rows: Uint32Array,
    state: AdamState,
    options: AdamOptions,
  ): void;
}

/** What Adam remembers of each parameter; zeros at the start. */
export interface AdamState {
  /** (P, D), the running mean of the gradient. */
  readonly m: Matrix;
  /** (P, D), the running mean of its square. */
  readonly v: Matrix;
  /** (P), the steps each row has taken. */
  readonly steps: Uint32Array;
}

export interface AdamOptions {
  readonly learningRate: number;
  /** @default 0.9 */
  readonly b1?: number | undefined;
  /** @default 0.99 */
  readonly b2?: number | undefined;
  /** @default 1e-8 */
  readonly eps?: number | undefined;
}

/** Adam over a memory, run by a team. */
export function adam({ address }: KernelMemory, team: Team): Adam {
  return {
    adamRows(
      parameters,
      gradients,
      rows,
      { m, v, steps },
      { learningRate, b1 = 0.9, b2 = 0.99, eps = 1e-8 },
    ) {
      check(
        [m, v].every((s) => s.rows === parameters.rows && s.columns === parameters.columns) &&
          gradients.columns === parameters.columns &&
          steps.length >= parameters.rows,
        "adamRows",
        `parameters ${shape(parameters)}, m ${shape(m)}, v ${shape(v)}, gradients ${shape(gradients)} and ${steps.length} steps do not fit together`,
      );
      check(
        rows.length >= gradients.rows,
        "adamRows",
        `${gradients.rows} gradient rows need as many row numbers, got ${rows.length}`,
      );
      checkMultipleOfFour("adamRows", parameters);
      team.run("adamRows", gradients.rows, 8, [
        address(parameters.values),
        parameters.rows,
        parameters.columns,
        address(gradients.values),
        address(rows),
        address(m.values),
        address(v.values),
        address(steps),
        learningRate,
        b1,
        b2,
        eps,
      ]);
    },
  };
}
