export { runHost } from "./job-process.ts";
export { type HostEnd, hostsOf, jobResult } from "./job-result.ts";
export { EXIT, messageIn } from "./messages.ts";
export { identifyProcess, isProcessAlive, type ProcessIdentity } from "./process-identity.ts";
export { endLeftovers, type JobLine, processRunner } from "./process-runner.ts";
export { type Job, JOB_RESOURCES, type JobKind, parseJob } from "./request.ts";
export { version } from "./version.ts";
export { type JobHandler, runJob } from "./run-job.ts";
