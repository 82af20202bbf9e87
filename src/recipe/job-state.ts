import type { FitName, InstancesConfig } from "../schema/index.ts";
import { JOB_RESOURCES } from "../jobs/index.ts";
import type { JsonObject, Retrier, TaskState } from "../workflow/index.ts";
import type { WorkflowName } from "./execution-name.ts";

/** One job of a workflow: what the job binary is asked to do, and where. */
interface JobStateProps {
  readonly workflow: WorkflowName;
  /** The job binary's first argument. */
  readonly job: string;
  /** Whose instance type and volume the job has. */
  readonly instances: keyof InstancesConfig;
  /**
   * Does the work divide into as many shards as there are instances?
   *
   * @default false, one instance
   */
  readonly sharded?: boolean;
  /** The fit of whose rounds the job is one; `$.round` is its number. */
  readonly fit?: FitName;
  /** The state that follows; without one the workflow ends. */
  readonly next?: string;
}

/** The container image and the role, filled in where the definition is deployed to AWS. */
const IMAGE = "${ImageUri}";
const ROLE = "${JobRoleArn}";
/** How often the execution was redriven, and the state retried. */
const COUNTS = "$$.Execution.RedriveCount, $$.State.RetryCount";
const LONGEST_RUN_SECONDS = 86_400;

/** AWS was busy, or the machine went away: neither is the job's fault. */
const RETRY: readonly Retrier[] = [
  {
    errorEquals: ["SageMaker.AmazonSageMakerException", "RecSys.InstanceLost"],
    intervalSeconds: 5,
    maxAttempts: 2,
    backoffRate: 2,
  },
];

/** A processing job; its result is thrown away, for stages meet only in the bucket. */
export function processingJob(props: JobStateProps): TaskState {
  return {
    type: "Task",
    resource: JOB_RESOURCES.processing,
    parameters: {
      "ProcessingJobName.$": jobName(props),
      ProcessingResources: { ClusterConfig: cluster(props) },
      AppSpecification: {
        ImageUri: IMAGE,
        ContainerEntrypoint: ["node", "/app/src/recipe/job.ts"],
        ContainerArguments: [props.job],
      },
      Environment: environment(props),
      StoppingCondition: { MaxRuntimeInSeconds: LONGEST_RUN_SECONDS },
      RoleArn: ROLE,
      Tags: tags(props),
    },
    ...outcome(props),
  };
}

/** A training job. The model goes into the bucket by the job's own hand; what SageMaker packs is a reference. */
export function trainingJob(props: JobStateProps): TaskState {
  return {
    type: "Task",
    resource: JOB_RESOURCES.training,
    parameters: {
      "TrainingJobName.$": jobName(props),
      ResourceConfig: cluster(props),
      AlgorithmSpecification: {
        TrainingImage: IMAGE,
        TrainingInputMode: "File",
        ContainerEntrypoint: ["node", "/app/src/recipe/job.ts"],
        ContainerArguments: [props.job],
      },
      OutputDataConfig: {
        "S3OutputPath.$":
          "States.Format('{}/{}/executions/core/{}/sagemaker', $.bucket, $.prefix, $.execution)",
      },
      Environment: environment(props),
      StoppingCondition: { MaxRuntimeInSeconds: LONGEST_RUN_SECONDS },
      RoleArn: ROLE,
      Tags: tags(props),
    },
    ...outcome(props),
  };
}

function outcome({ next }: JobStateProps): Pick<TaskState, "resultPath" | "retry" | "next"> {
  return { resultPath: null, retry: RETRY, ...(next === undefined ? {} : { next }) };
}

/** A job that is run again needs a new name: SageMaker never takes one twice. */
function jobName({ job, fit }: JobStateProps): string {
  return fit === undefined
    ? `States.Format('{}-${job}-{}-{}', $.jobPrefix, ${COUNTS})`
    : `States.Format('{}-${job}-${fit}-{}-{}-{}', $.jobPrefix, $.round, ${COUNTS})`;
}

function cluster({ instances, sharded = false }: JobStateProps): JsonObject {
  return {
    ...(sharded
      ? { "InstanceCount.$": `$.instances.${instances}.instanceCount` }
      : { InstanceCount: 1 }),
    "InstanceType.$": `$.instances.${instances}.instanceType`,
    "VolumeSizeInGB.$": `$.instances.${instances}.volumeSizeGb`,
  };
}

/** What bills and lists tell the jobs apart by; on one machine nobody reads them. */
function tags({ workflow }: JobStateProps): readonly JsonObject[] {
  return [
    { Key: "Application", Value: "RecSys" },
    { Key: "RecSysComponent", Value: workflow },
    { Key: "RecSysExecution", "Value.$": "$.execution" },
  ];
}

function environment({ workflow, fit }: JobStateProps): JsonObject {
  return {
    "RECSYS_BUCKET.$": "$.bucket",
    "RECSYS_PREFIX.$": "$.prefix",
    RECSYS_WORKFLOW: workflow,
    "RECSYS_EXECUTION.$": "$.execution",
    "RECSYS_STARTED_AT.$": "$$.Execution.StartTime",
    ...(fit === undefined
      ? {}
      : { RECSYS_FIT: fit, "RECSYS_ROUND.$": "States.Format('{}', $.round)" }),
  };
}
