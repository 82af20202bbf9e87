import { DEFINITIONS, jobPrefix, taskStates, type WorkflowName } from "../../../../recipe/index.ts";
import type { Workflow } from "../../../../workflow/index.ts";

/**
 * Tells which state a job of an execution does the work of, by the job's name:
 * `<prefix>-<job>[-<fit>-<round>]-<redrives>-<retries>`.
 */
export function stateOfJob(workflow: WorkflowName, execution: string, job: string): string | null {
  const rest = job.slice(jobPrefix(execution).length + 1);
  return JOBS[workflow].find(({ begins }) => rest.startsWith(`${begins}-`))?.state ?? null;
}

interface JobState {
  readonly state: string;
  readonly begins: string;
}

/** The longest beginning first: none is mistaken for another that begins with it. */
const JOBS = {
  collector: jobStates(DEFINITIONS.collector),
  core: jobStates(DEFINITIONS.core),
} satisfies Record<WorkflowName, unknown>;

function jobStates(workflow: Workflow): readonly JobState[] {
  return [...taskStates(workflow)]
    .flatMap(([state, { parameters }]) => {
      const name = nameTemplate(parameters);
      return name === undefined ? [] : [{ state, begins: name }];
    })
    .toSorted((a, b) => b.begins.length - a.begins.length);
}

/** `train` of `States.Format('{}-train-{}-{}', …)`. */
function nameTemplate(parameters: object | undefined): string | undefined {
  const named = parameters as Readonly<Record<string, unknown>> | undefined;
  const template = named?.["ProcessingJobName.$"] ?? named?.["TrainingJobName.$"];
  if (typeof template !== "string") return undefined;
  return /'\{\}-(.+?)-\{\}/.exec(template)?.[1];
}
