export { type Account, NoRegionError, openAccount } from "./account.ts";
export { type BurnList, burnCloudStack, listBurn } from "./burn-cloud-stack.ts";
export { ChangeRefusedError, ON_FAILURE, type OnFailure, type ShownChange } from "./change-set.ts";
export {
  type DeployOrder,
  type PreparedDeployment,
  prepareDeployment,
  StackFailedError,
} from "./deploy-cloud-stack.ts";
export { detectDrift, type Drift } from "./drift.ts";
export { awsTrouble } from "./aws-trouble.ts";
export type { ShownEvent } from "./stack-events.ts";
export { CLOUD_STACKS } from "./stack-files.ts";
export { readStack, type StackStanding } from "./stack-status.ts";
