import { ListExecutionsCommand } from "@aws-sdk/client-sfn";

import { type WorkflowName, WORKFLOWS } from "../../recipe/index.ts";
import type { Account } from "../deployer/account.ts";
import { CLOUD_STACKS } from "../deployer/stack-files.ts";
import { readStack } from "../deployer/stack-status.ts";

/** The executions that Step Functions runs in the account, whoever follows them. */
export async function runningInAccount(
  account: Account,
): Promise<readonly { readonly workflow: WorkflowName; readonly name: string }[]> {
  const running = await Promise.all(
    WORKFLOWS.map(async (workflow) => {
      const stack = await readStack(account, CLOUD_STACKS[workflow]);
      const stateMachineArn = stack?.outputs["StateMachineArn"];
      if (stateMachineArn === undefined) return [];
      const { executions = [] } = await account.workflows.send(
        new ListExecutionsCommand({ stateMachineArn, statusFilter: "RUNNING" }),
      );
      return executions.map(({ name }) => ({ workflow, name: name! }));
    }),
  );
  return running.flat();
}
