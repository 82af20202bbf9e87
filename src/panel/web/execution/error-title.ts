import { stateTitle } from "./state-title.ts";

const TITLES: Readonly<Record<string, string>> = {
  "RecSys.BadData": "The data cannot be used",
  "RecSys.InstanceLost": "The machine or the job’s process went away",
  "RecSys.ModelRejected": "The model was rejected",
  "States.TaskFailed": "The job failed",
  "States.Timeout": "It took too long",
};

/** The name of a workflow's error as a person would put it. */
export function errorTitle(error: string): string {
  return TITLES[error] ?? stateTitle(error);
}
