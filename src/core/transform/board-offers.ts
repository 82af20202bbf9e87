import type { Matrix, SparseRows } from "../../kernels/index.ts";
import type { Calibrator } from "../calibrate/index.ts";
import type { Scratch } from "../rows/scratch.ts";
import { ItemBoards } from "./item-boards.ts";

/** The best users of each item: all and novel, by probability and by lift. */
export interface Boards {
  readonly all: ItemBoards;
  readonly novel: ItemBoards;
  readonly liftAll: ItemBoards;
  readonly liftNovel: ItemBoards;
}

/** Boards that no user has been offered to. */
export function emptyBoards(items: number, k: number): Boards {
  const board = (): ItemBoards => new ItemBoards(items, k);
  return { all: board(), novel: board(), liftAll: board(), liftNovel: board() };
}

/** Scored users on their way to the boards. */
export interface ScoredUsers {
  /** The first of R neighbouring users. */
  readonly start: number;
  /** (R, I) */
  readonly scores: Matrix;
  /** (R) log Σᵢ exp(score) */
  readonly normalisers: Float32Array;
  /** R rows of items that the user has seen, ascending */
  readonly seen: SparseRows;
  /** (R) the user's probability at a score, as boards compare it */
  readonly probabilities: readonly ((score: number) => number)[];
}

/** Offers blocks of users to the boards. */
export interface BoardOffers {
  offer(users: ScoredUsers): void;
}

/** The kernel's probabilities are within this share of the exact ones. */
const SLACK = 1 / 128;
/** Smaller floors are none: so far down the kernel's probabilities are 0. */
const LEAST_FLOOR = 1e-25;

/**
 * Offers to the boards, for blocks of at most `most` users.
 *
 * Nearly no pair of a user and an item comes into a board once the boards are full. So the kernels find the pairs that might,
 * from probabilities that are nearly exact, and only those pairs' exact ones are computed and offered.
 *
 * Lift is the probability over the user's own mean probability: it ranks users by how much the item is theirs, not by
 * how active they are. An item's floor among novel users is the lower one, and so is enough to look at.
 */
export function boardOffers(
  scratch: Scratch,
  calibrator: Calibrator,
  boards: Boards,
  items: number,
  most: number,
): BoardOffers {
  const { kernels } = scratch;
  const points = calibrator.table(0).logits.length;
  const curves = scratch.matrix("offers.curves", most, points);
  const shifts = scratch.float32("offers.shifts", most);
  const slopes = scratch.float32("offers.slopes", most);
  const sums = scratch.float32("offers.sums", most);
  const means = scratch.float32("offers.means", most);
  const floors = scratch.float32("offers.floors", items);
  const scaledFloors = scratch.float32("offers.scaledFloors", items);
  const nearly = scratch.matrix("offers.nearly", most, items);
  const columns = scratch.uint32("offers.columns", most * items);
  const counts = scratch.uint32("offers.counts", most);

  const lookUp = (row: number, activity: number, normaliser: number): void => {
    const { logits, shift, slope } = calibrator.table(activity);
    curves.values.set(logits, row * points);
    shifts[row] = shift - slope * normaliser;
    slopes[row] = slope;
  };
  const offerRow = (users: ScoredUsers, row: number, seen: Uint32Array): void => {
    const user = users.start + row;
    const scores = users.scores.values.subarray(row * items, (row + 1) * items);
    const probabilityOf = users.probabilities[row]!;
    const reaching = columns.subarray(row * items, row * items + counts[row]!);
    let next = 0; // both lists ascend
    for (const item of reaching) {
      while (next < seen.length && seen[next]! < item) next++;
      const probability = probabilityOf(scores[item]!);
      const lift = Math.fround(probability / means[row]!);
      boards.all.offer(item, user, probability, probability);
      boards.liftAll.offer(item, user, lift, probability);
      if (seen[next] === item) continue;
      boards.novel.offer(item, user, probability, probability);
      boards.liftNovel.offer(item, user, lift, probability);
    }
  };

  return {
    offer(users) {
      const { scores, normalisers, seen } = users;
      const { rows } = scores;
      for (let r = 0; r < rows; r++) {
        lookUp(r, seen.offsets[r + 1]! - seen.offsets[r]!, normalisers[r]!);
      }
      const likely = { ...nearly, rows };
      kernels.sigmoidOfCurve(likely, sums, scores, { curves, shifts, slopes });
      for (let r = 0; r < rows; r++) means[r] = sums[r]! / items;
      lowered(floors, boards.novel.floors);
      lowered(scaledFloors, boards.liftNovel.floors);
      kernels.columnsReaching(columns, counts, likely, { floors, scaledFloors, scales: means });
      for (let r = 0; r < rows; r++) {
        offerRow(users, r, seen.indices.subarray(seen.offsets[r], seen.offsets[r + 1]));
      }
    },
  };
}

/** Floors below which no exact probability reaches the given ones. */
function lowered(out: Float32Array, floors: Float32Array): void {
  for (let item = 0; item < floors.length; item++) {
    const floor = floors[item]!;
    out[item] = floor < LEAST_FLOOR ? -1 : floor * (1 - SLACK);
  }
}
