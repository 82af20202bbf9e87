/** Where a role's policy has a `*`, and why that is right. */
interface Wildcard {
  /** Construct of the finding: stack and role. */
  readonly roles: readonly string[];
  /** What is open, without `arn:aws:` and the account. */
  readonly resources: readonly string[];
  readonly reason: string;
}

const [COLLECTOR, CORE] = ["RecSysCollectorStack", "RecSysCoreStack"];
const PANEL = "RecSysPanelAdmin";
const JOBS = [`${COLLECTOR}/JobRole`, `${CORE}/JobRole`];
const WORKFLOWS = [`${COLLECTOR}/WorkflowRole`, `${CORE}/WorkflowRole`];
const FUNCTION = ["RecSysResponderStack/FunctionRole"];
const [BOUNDARY, DEPLOYER, INSTANCE] = [
  `${PANEL}/Boundary`,
  `${PANEL}/DeployRole`,
  `${PANEL}/InstanceRole`,
];
const own = (...folders: readonly string[]): readonly string[] =>
  folders.map((folder) => `s3:::<BucketName>/<BucketPrefix>/${folder}/*`);
const CHOSEN = "s3:::${Bucket_}/${BucketPrefix}/";

/** All that cdk-nag's rule IAM5 finds in the stacks: each with its reason, and nothing else. */
export const WILDCARDS: readonly Wildcard[] = [
  {
    roles: JOBS,
    resources: own(
      ...["processed_data", "kpi", "model", "evaluation", "batch_transform_inference_output"],
      ...["executions/collector", "executions/core"],
    ),
    reason: "An execution writes into folders of its own name, which is not known before",
  },
  {
    roles: [`${COLLECTOR}/JobRole`],
    resources: own("raw_data"),
    reason: "The raw files, and those that the owner adds beside them",
  },
  {
    roles: FUNCTION,
    resources: own("batch_transform_inference_output", "deployments/responder"),
    reason: "Which execution is served, and which configuration is deployed, changes by the day",
  },
  {
    roles: [...JOBS, BOUNDARY],
    resources: ["logs:log-group:/aws/sagemaker/*"],
    reason: "SageMaker has a group for each kind of job, and a stream for each of a job's hosts",
  },
  {
    roles: FUNCTION,
    resources: ["logs:log-group:<LogGroupName>:*"],
    reason: "Streams of the one group: Lambda names them",
  },
  {
    roles: JOBS,
    resources: ["*"],
    reason:
      "ecr:GetAuthorizationToken and cloudwatch:PutMetricData have no resource; the latter has its namespace",
  },
  {
    roles: WORKFLOWS,
    resources: ["*"],
    reason: "Deliveries and resource policies of CloudWatch Logs belong to no log group",
  },
  {
    roles: [...WORKFLOWS, BOUNDARY],
    resources: ["sagemaker:processing-job/recsys-*"],
    reason: "Jobs are named by their execution; RecSys's begin with recsys-",
  },
  {
    roles: [`${CORE}/WorkflowRole`, BOUNDARY],
    resources: ["sagemaker:training-job/recsys-*"],
    reason: "Jobs are named by their execution; RecSys's begin with recsys-",
  },
  {
    roles: [BOUNDARY],
    resources: ["*"],
    reason:
      "The key of the bucket, only through S3, since the stacks know which; and what has no resource in AWS",
  },
  {
    roles: [BOUNDARY],
    resources: ["ecr:*:*:repository/*", "logs:log-group:*:*"],
    reason: "Image and log group are parameters of the stacks within it; their roles name them",
  },
  {
    roles: [BOUNDARY],
    resources: ["events:rule/StepFunctionsGetEventsForSageMaker*"],
    reason: "Step Functions' own rules, one for each kind of job",
  },
  {
    roles: [BOUNDARY, DEPLOYER],
    resources: ["iam::role/RecSys-*"],
    reason: "The roles of the three stacks are called so, and are made within the boundary only",
  },
  {
    roles: [BOUNDARY, INSTANCE],
    resources: [`${CHOSEN}*`],
    reason: "RecSys's folder of the bucket is its own",
  },
  {
    roles: [DEPLOYER],
    resources: [`${CHOSEN}dist/*`],
    reason: "The function's code is called by its content",
  },
  {
    roles: [DEPLOYER],
    resources: ["/restapis/*", "/tags/*"].map((path) => `apigateway:${path}`),
    reason: "An API's number is not known before it is there",
  },
  {
    roles: [DEPLOYER],
    resources: ["events:rule/RecSys-*", "states:stateMachine:RecSysRecipe*"],
    reason: "What the three stacks hold is called so",
  },
  {
    roles: [INSTANCE],
    resources: ["states:stateMachine:RecSysRecipe*", "states:execution:RecSysRecipe*"],
    reason: "Both workflows, and their executions, which the person names",
  },
  {
    roles: [INSTANCE],
    resources: ["Collector", "Core", "Responder"].map(
      (name) => `cloudformation:stack/RecSys${name}Stack/*`,
    ),
    reason: "A stack's ARN ends with an id that CloudFormation gives",
  },
  {
    roles: [INSTANCE],
    resources: ["ProcessingJobs", "TrainingJobs"].flatMap((kind) => [
      `logs:log-group:/aws/sagemaker/${kind}:*`,
      `logs:log-group:/aws/sagemaker/${kind}:log-stream:recsys-*`,
    ]),
    reason:
      "Streams are called by their job: they are looked for in the group, and read only where they are RecSys's",
  },
  {
    roles: [INSTANCE],
    resources: ["logs:log-group:<LogGroupName>:*"],
    reason: "The one group's ARN, as CloudWatch Logs writes it",
  },
  {
    roles: [INSTANCE],
    resources: ["s3:::<ReleaseBucket>/<ReleasePrefix>/*"],
    reason: "The files of the release",
  },
  {
    roles: [INSTANCE],
    resources: ["*"],
    reason: "Of following a drift detection: the action has no resource",
  },
  {
    roles: [`${INSTANCE}ListBuckets`, `${INSTANCE}ListLogGroups`],
    resources: ["*"],
    reason: "All are listed or none; the parameters ask for it (A28)",
  },
];

/** A finding of cdk-nag, as the list has it: "stack/role resource"; `undefined` for one of another rule. */
export function wildcardIn(finding: string): string | undefined {
  const [, role, resource = ""] = /^(\S+) AwsSolutions-IAM5\[Resource::(.*)\]$/.exec(finding) ?? [];
  if (role === undefined) return undefined;
  // A text with names of its own is printed as the array that it is in the template.
  const [text] = resource.startsWith("[") ? (JSON.parse(resource) as [string]) : [resource];
  const short = text
    .replace(/^arn:(<AWS::Partition>|\$\{AWS::Partition\}):/, "")
    .replace("<AWS::Region>:<AWS::AccountId>:", "")
    .replace("<AWS::Region>::", "")
    .replace("<AWS::AccountId>:", "");
  return `${role} ${short}`;
}
