import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  type HistoryEvent,
  paginateGetExecutionHistory,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";

import type { WorkflowName, WorkflowService } from "../../recipe/index.ts";
import type { Account } from "../deployer/account.ts";
import { CLOUD_STACKS } from "../deployer/stack-files.ts";
import { readStack } from "../deployer/stack-status.ts";
import { jobPrints } from "../logs/index.ts";
import { eventsOf } from "./history-events.ts";

/** The workflow's stack is not there, or not ready. */
export class NotDeployedError extends Error {
  override readonly name = "NotDeployedError";
}

/** Step Functions in the owner's account, as what runs the recipe's workflows. */
export function stepFunctions(account: Account): WorkflowService {
  const { workflows: client, region } = account;
  return {
    place: `Step Functions in ${region}`,
    async start(workflow, name, input) {
      const stateMachineArn = await machineOf(account, workflow);
      try {
        const { executionArn } = await client.send(
          new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
        );
        return executionArn!;
      } catch (error) {
        // A start whose answer was lost. The recipe has made sure that no other execution has the name.
        if (error instanceof ExecutionAlreadyExists) return executionArn(stateMachineArn, name);
        throw error;
      }
    },
    async events(id) {
      const history: HistoryEvent[] = [];
      const pages = paginateGetExecutionHistory(
        { client, pageSize: MOST_AT_ONCE },
        { executionArn: id, includeExecutionData: true },
      );
      for await (const { events = [] } of pages) history.push(...events);
      return eventsOf(nameIn(id), history);
    },
    async stop(id, reason) {
      await client.send(
        new StopExecutionCommand({ executionArn: id, error: "RecSys.Stopped", cause: reason }),
      );
    },
    async goOn(id) {
      const { redriveStatus, redriveStatusReason } = await client.send(
        new DescribeExecutionCommand({ executionArn: id }),
      );
      if (redriveStatus === "NOT_REDRIVABLE") {
        throw new Error(
          `Step Functions does not let ${nameIn(id)} go on: ${redriveStatusReason ?? "it does not say why"}; execute anew under another name`,
        );
      }
      await client.send(new RedriveExecutionCommand({ executionArn: id }));
    },
    prints: (kind, namePrefix) => jobPrints(account, kind, namePrefix),
  };
}

/** What Step Functions gives on one page. */
const MOST_AT_ONCE = 1000;

/** @throws NotDeployedError if there is none that could be started */
async function machineOf(account: Account, workflow: WorkflowName): Promise<string> {
  const name = CLOUD_STACKS[workflow];
  const stack = await readStack(account, name);
  const machine = stack?.outputs["StateMachineArn"];
  if (machine !== undefined) return machine;
  const standing = stack === undefined ? "there is none" : `it is ${stack.status}`;
  throw new NotDeployedError(
    `the ${workflow} cannot be executed without its stack ${name} in ${account.region}: ${standing}; ` +
      `deploy it: recsys deploy ${workflow} --target aws`,
  );
}

/** `arn:aws:states:R:A:stateMachine:M` and a name → `arn:aws:states:R:A:execution:M:NAME`. */
function executionArn(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;
}

function nameIn(executionArn: string): string {
  return executionArn.split(":").at(-1)!;
}
