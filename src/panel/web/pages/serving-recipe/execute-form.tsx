import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { ExecutionOrder, Stack } from "../../../../schema/index.ts";
import { change, RequestError } from "../../api/client.ts";
import { useMay } from "../../api/session.tsx";
import { nameProblem } from "./execution-name.ts";

/** "Execution name" and "Execute" (Q107, Q109). */
export function ExecuteForm({
  stack,
  workflow,
}: {
  readonly stack: Stack;
  readonly workflow: ExecutionOrder["workflow"];
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
  const refusal = isOperator ? stack.execute.reason : "Only operators and admins execute.";
  const problem = nameProblem(name) ?? (execute.isError ? reason(execute.error) : undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (nameProblem(name) === undefined) execute.mutate();
      }}
    >
      <FormField
        label="Execution name"
        constraintText="1 to 80 letters, digits, “-” or “_”; each name is used once."
        errorText={problem}
        stretch
      >
        <SpaceBetween direction="horizontal" size="xs">
          <div style={{ inlineSize: "min(360px, 100%)" }}>
            <Input
              value={name}
              disabled={!isOperator}
              onChange={({ detail }) => {
                execute.reset();
                setTyped(detail.value);
              }}
            />
          </div>
          <Button
            variant="primary"
            formAction="submit"
            loading={execute.isPending}
            disabled={!isOperator || !stack.execute.allowed}
            {...(refusal === null ? {} : { disabledReason: refusal })}
          >
            Execute
          </Button>
        </SpaceBetween>
      </FormField>
    </form>
  );
}

function reason(error: Error): string {
  if (!(error instanceof RequestError)) return error.message;
  return error.fields.find(({ path }) => path === "name")?.problem ?? error.message;
}
