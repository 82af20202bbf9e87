import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { ExecutionOrder, Stack } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { useMay } from "../../api/session.tsx";
import { problemAt } from "../../forms/problem-at.ts";
import { RoleButton } from "../../forms/role-button.tsx";
import { nameProblem } from "./execution-name.ts";

/** "Execution name" and "Execute" (Q107, Q109). */
export function ExecuteForm({
  stack,
  workflow,
  isNext,
}: {
  readonly stack: Stack;
  readonly workflow: ExecutionOrder["workflow"];
  /** Is this what there is to do next? */
  readonly isNext: boolean;
}): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? stack.nextExecutionName;
  const isOperator = useMay("operator");
  const queries = useQueryClient();
  const execute = useMutation({
    mutationFn: () => change("POST", "/executions", { workflow, name } satisfies ExecutionOrder),
    onSuccess: async () => {
      setTyped(null);
      await queries.invalidateQueries({ queryKey: ["executions"] });
      await queries.invalidateQueries({ queryKey: ["overview"] });
    },
  });
  const problem = nameProblem(name) ?? problemAt(execute.error, "name") ?? execute.error?.message;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (nameProblem(name) === undefined) execute.mutate();
      }}
    >
      <FormField
        label="Execution name"
        constraintText={
          stack.execute.reason === null
            ? "1 to 80 letters, digits, “-” or “_”; each name is used once."
            : `Not now: ${stack.execute.reason}.`
        }
        errorText={problem}
        stretch
      >
        <div className="beside">
          <div className="execution-name">
            <Input
              value={name}
              disabled={!isOperator}
              // The proposal follows the clock; under somebody's cursor it must not.
              onFocus={() => {
                setTyped(name);
              }}
              onChange={({ detail }) => {
                execute.reset();
                setTyped(detail.value);
              }}
            />
          </div>
          <RoleButton
            role="operator"
            variant={isNext ? "primary" : "normal"}
            formAction="submit"
            loading={execute.isPending}
            refusal={stack.execute.reason}
          >
            Execute
          </RoleButton>
        </div>
      </FormField>
    </form>
  );
}
