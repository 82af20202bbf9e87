export { EXIT, type Usage } from "./messages.ts";
export { MESSAGE_BYTES } from "./ml-root.ts";
export { identifyProcess, isProcessAlive, type ProcessIdentity } from "./process-identity.ts";
export { endLeftovers, processRunner, type ProcessRunnerOptions } from "./process-runner.ts";
export { type Job, JOB_RESOURCES, type JobKind, parseJob } from "./request.ts";
export { type JobHandler, type JobRun, runJob } from "./run-job.ts";
