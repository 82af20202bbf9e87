import type { CalibratorParameters, TransformConfig } from "../../schema/index.ts";
import { Calibrator } from "./calibrator.ts";

/** The probabilities that are served, as the configuration wants them. */
export function servedCalibrator(
  parameters: CalibratorParameters,
  { probability }: Pick<TransformConfig, "probability">,
): Calibrator {
  const calibrator = new Calibrator(parameters);
  return probability === "balanced" ? calibrator.balanced() : calibrator;
}
