export { type Account, NoRegionError, openAccount } from "./account.ts";
export { type BurnList, burnCloudStack, listBurn } from "./burn-cloud-stack.ts";
export { ChangeRefusedError, ON_FAILURE, type OnFailure, type ShownChange } from "./change-set.ts";
export { type FunctionCode, keepCode } from "./function-code.ts";
export { ParameterError } from "./check-parameters.ts";
export {
  type DeployOrder,
  type PreparedDeployment,
  prepareDeployment,
} from "./deploy-cloud-stack.ts";
export { detectDrift, type Drift } from "./drift.ts";
export { awsTrouble } from "./aws-trouble.ts";
export { followStandingStack, type ShownEvent } from "./stack-events.ts";
export { StackFailedError } from "./stack-failed.ts";
export { bucketName, stackParameters, tagsOf } from "./stack-parameters.ts";
export { CLOUD_STACKS } from "./stack-files.ts";
export { isNew, isUnderWay, obstacleTo, readStack, type StackStanding } from "./stack-status.ts";
