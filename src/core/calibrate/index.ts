export { Calibrator } from "./calibrator.ts";
export { declined } from "./declined.ts";
export { fitCalibrator } from "./fit-calibrator.ts";
export { type CalibrationSamples, calibrationSamples, type CalibrationSource } from "./samples.ts";
export { servedCalibrator } from "./served-calibrator.ts";
export { uncalibrated } from "./uncalibrated.ts";
