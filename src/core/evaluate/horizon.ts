import { PART, TEST_FILE_SPLIT } from "../../schema/index.ts";
import type { Calibrator } from "../calibrate/index.ts";
import {
  type Dataset,
  type HeldOut,
  heldOut,
  heldOutOf,
  type Tercile,
  TERCILES,
} from "../data/index.ts";

/** The probabilities within the period that they are judged by. */
export interface JudgedHorizon {
  /** Mean interactions per judged user. */
  readonly horizon: number;
  readonly calibratorOf: (tercile: Tercile) => Calibrator;
}

/**
 * A file of test rows is a period of its own: its horizon is as many times that of the fit as its users have rows there,
 * for each tercile of activity by itself, since a file need not hold the same share of everybody's rows. Two periods of
 * as many rows, cut at one moment for all, differ in how much the users known before have of them. Where
 * each user's own rows are divided, the part is as large as the one of the fit.
 * `judged` are the users without those of whom the part says nothing, `interacted` is what they did in it.
 */
export function judgedHorizon(
  dataset: Dataset,
  calibrator: Calibrator,
  judged: Uint32Array,
  interacted: HeldOut,
  tercileOfUser: (user: number) => Tercile,
): JudgedHorizon {
  if (dataset.split === "global-time" && judged.length > 0) {
    const atHorizon = calibrator.atHorizon(meanRows(interacted, judged));
    return { horizon: atHorizon.horizon, calibratorOf: () => atHorizon };
  }
  if (dataset.split !== TEST_FILE_SPLIT || judged.length === 0) {
    return { horizon: calibrator.horizon, calibratorOf: () => calibrator };
  }
  const fitted = heldOut(dataset, PART.validation, "interactions");
  const calibrators = new Map(
    TERCILES.map((tercile) => {
      const users = judged.filter((user) => tercileOfUser(user) === tercile);
      const divided = users.filter((user) => heldOutOf(fitted, user).length > 0);
      const ofFit = divided.length === 0 ? calibrator.horizon : meanRows(fitted, divided);
      const times = meanRows(interacted, users) / ofFit;
      return [tercile, calibrator.atHorizon(calibrator.horizon * times)] as const;
    }),
  );
  return {
    horizon: meanRows(interacted, judged),
    calibratorOf: (tercile) => calibrators.get(tercile)!,
  };
}

function meanRows(rows: HeldOut, users: Uint32Array): number {
  return (
    users.reduce((sum, user) => sum + heldOutOf(rows, user).length, 0) / Math.max(1, users.length)
  );
}
