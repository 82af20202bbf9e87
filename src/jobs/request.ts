import { z } from "zod";

import { type Json, WorkflowError } from "../workflow/index.ts";

/** The two kinds of job in SageMaker, and the Step Functions resource that starts one and waits for it. */
export const JOB_RESOURCES = {
  processing: "arn:aws:states:::sagemaker:createProcessingJob.sync",
  training: "arn:aws:states:::sagemaker:createTrainingJob.sync",
} as const;
export type JobKind = keyof typeof JOB_RESOURCES;

/** SageMaker's rule for the name of a job. */
const JobName = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);

const Cluster = z.object({
  InstanceCount: z.int().min(1).max(100),
  InstanceType: z.string(),
  VolumeSizeInGB: z.int().min(1),
});
const Strings = z.record(z.string(), z.string());

const ProcessingJob = z.object({
  ProcessingJobName: JobName,
  ProcessingResources: z.object({ ClusterConfig: Cluster }),
  AppSpecification: z.object({ ContainerArguments: z.array(z.string()).min(1) }),
  Environment: Strings.default({}),
});
const TrainingJob = z.object({
  TrainingJobName: JobName,
  ResourceConfig: Cluster,
  AlgorithmSpecification: z.object({ ContainerArguments: z.array(z.string()).min(1) }),
  HyperParameters: Strings.default({}),
  Environment: Strings.default({}),
});

/** What a runner needs to know of a request. */
export interface Job {
  readonly kind: JobKind;
  readonly name: string;
  /** The job binary's arguments; the first names what to do. */
  readonly arguments: readonly string[];
  readonly instanceCount: number;
  /** On one machine only recorded. */
  readonly instanceType: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly hyperparameters: Readonly<Record<string, string>>;
  /** The request as it was made, for the job's own configuration files. */
  readonly request: Json;
}

/** @throws WorkflowError States.Runtime if the resource or the request is not one of a job */
export function parseJob(resource: string, request: Json): Job {
  if (resource === JOB_RESOURCES.processing) {
    const job = parse(ProcessingJob, request);
    return {
      kind: "processing",
      name: job.ProcessingJobName,
      arguments: job.AppSpecification.ContainerArguments,
      instanceCount: job.ProcessingResources.ClusterConfig.InstanceCount,
      instanceType: job.ProcessingResources.ClusterConfig.InstanceType,
      environment: job.Environment,
      hyperparameters: {},
      request,
    };
  }
  if (resource === JOB_RESOURCES.training) {
    const job = parse(TrainingJob, request);
    return {
      kind: "training",
      name: job.TrainingJobName,
      arguments: job.AlgorithmSpecification.ContainerArguments,
      instanceCount: job.ResourceConfig.InstanceCount,
      instanceType: job.ResourceConfig.InstanceType,
      environment: job.Environment,
      hyperparameters: job.HyperParameters,
      request,
    };
  }
  const known = Object.values(JOB_RESOURCES).join(" and ");
  throw new WorkflowError("States.Runtime", `no job runs ${resource}; known are ${known}`);
}

function parse<T>(schema: z.ZodType<T>, request: Json): T {
  const result = schema.safeParse(request);
  if (result.success) return result.data;
  throw new WorkflowError(
    "States.Runtime",
    `a job's request is wrong: ${z.prettifyError(result.error)}, got ${JSON.stringify(request)}`,
  );
}
