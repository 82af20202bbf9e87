export { Calibrator } from "./calibrator.ts";
export { fitCalibrator, INTERACTION_EVENT } from "./fit-calibrator.ts";
export { type CalibrationSamples, calibrationSamples, type CalibrationSource } from "./samples.ts";
export { uncalibrated } from "./uncalibrated.ts";
