export { NotDeployedError, stepFunctions } from "./step-functions.ts";
export { runningInAccount } from "./running.ts";
