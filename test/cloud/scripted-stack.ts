import type { AwsCall, Reply } from "./scripted-aws.ts";
import { Refusal } from "./scripted-aws.ts";

const ID = "arn:aws:cloudformation:eu-west-1:111122223333:stack/RecSysCollectorStack/1";
const SET = "arn:aws:cloudformation:eu-west-1:111122223333:changeSet/recsys-1/2";

/** How a scripted stack stands, and why. */
export interface ScriptedStanding {
  readonly status: string;
  readonly reason?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * CloudFormation's answers about one stack.
 *
 * @param before - how it stands; `undefined`: there is none
 * @param after - how it stands once a change set is executed, or the stack is deleted or its roll-back continued
 */
export function scriptedStack(
  before: ScriptedStanding | undefined,
  after: ScriptedStanding,
): Readonly<Record<string, Reply | ((call: AwsCall) => Reply)>> {
  let standing = before;
  const become = (): string => {
    standing = after;
    return "";
  };
  const noStack = new Refusal(
    "ValidationError",
    "Stack with id RecSysCollectorStack does not exist",
  );
  return {
    DescribeStacks: () => (standing === undefined ? noStack : stackXml(standing)),
    DescribeStackEvents: () => `<StackEvents>${eventXml(standing)}</StackEvents>`,
    CreateChangeSet: `<Id>${SET}</Id><StackId>${ID}</StackId>`,
    DescribeChangeSet:
      "<Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus>",
    ExecuteChangeSet: become,
    DeleteStack: become,
    ContinueUpdateRollback: become,
    CreateLogGroup: {},
    PutRetentionPolicy: {},
  };
}

function stackXml({ status, reason, parameters = {} }: ScriptedStanding): string {
  const given = Object.entries(parameters).map(
    ([key, value]) =>
      `<member><ParameterKey>${key}</ParameterKey><ParameterValue>${value}</ParameterValue></member>`,
  );
  return (
    `<Stacks><member><StackId>${ID}</StackId><StackName>RecSysCollectorStack</StackName><CreationTime>2026-11-27T00:00:00Z</CreationTime>` +
    `<StackStatus>${status}</StackStatus>${reasonXml("StackStatusReason", reason)}<Parameters>${given.join("")}</Parameters></member></Stacks>`
  );
}

function eventXml(standing: ScriptedStanding | undefined): string {
  if (standing === undefined) return "";
  const { status, reason } = standing;
  return (
    `<member><StackId>${ID}</StackId><EventId>${status}</EventId><StackName>RecSysCollectorStack</StackName><LogicalResourceId>RecSysCollectorStack</LogicalResourceId>` +
    `<ResourceType>AWS::CloudFormation::Stack</ResourceType><Timestamp>2026-11-27T00:00:00Z</Timestamp>` +
    `<ResourceStatus>${status}</ResourceStatus>${reasonXml("ResourceStatusReason", reason)}</member>`
  );
}

function reasonXml(tag: string, reason: string | undefined): string {
  return reason === undefined ? "" : `<${tag}>${reason}</${tag}>`;
}
