export { NotDeployedError, stepFunctions } from "./step-functions.ts";
