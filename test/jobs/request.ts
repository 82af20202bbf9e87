import { JOB_RESOURCES } from "../../src/jobs/index.ts";
import type { Json, TaskCall } from "../../src/workflow/index.ts";

interface CallOptions {
  readonly instances?: number;
  readonly signal?: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A Task's call for a processing job, and what it reports. */
export function processingCall(
  job: string,
  { instances = 1, signal = new AbortController().signal, environment = {} }: CallOptions = {},
): TaskCall & { readonly progress: Json[] } {
  const progress: Json[] = [];
  return {
    ...call,
    progress,
    resource: JOB_RESOURCES.processing,
    parameters: {
      ProcessingJobName: `test-${job}`,
      ProcessingResources: {
        ClusterConfig: {
          InstanceCount: instances,
          InstanceType: "ml.m5.large",
          VolumeSizeInGB: 30,
        },
      },
      AppSpecification: { ImageUri: "image", ContainerArguments: [job] },
      Environment: environment,
    },
    signal,
    report: (one) => progress.push(one),
  };
}

/** A Task's call for a training job. */
export function trainingCall(job: string, hyperparameters: Record<string, string>): TaskCall {
  return {
    ...call,
    resource: JOB_RESOURCES.training,
    parameters: {
      TrainingJobName: `test-${job}`,
      ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 30 },
      AlgorithmSpecification: { TrainingImage: "image", ContainerArguments: [job] },
      HyperParameters: hyperparameters,
    },
    signal: new AbortController().signal,
    report: () => undefined,
  };
}

const call = { path: [], state: "Work", run: 1, retry: 0 };
