import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { ExecutionSummary } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { Ask } from "../../forms/ask.tsx";
import { RoleButton } from "../../forms/role-button.tsx";
import { useNotify } from "../../shell/notifications.tsx";

/** Serves again what an earlier execution has made: one swap of a pointer, undone by another. */
export function RollBackButton({
  executions,
}: {
  readonly executions: readonly ExecutionSummary[];
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [to, setTo] = useState("");
  const notify = useNotify();
  const queries = useQueryClient();
  const served = executions.find(({ workflow, current }) => workflow === "core" && current);
  const others = executions.filter(
    ({ workflow, status, current }) => workflow === "core" && status === "succeeded" && !current,
  );
  const rollBack = useMutation({
    mutationFn: () => change("POST", "/rollback", to === "" ? {} : { to }),
    onSuccess: async () => {
      setOpen(false);
      notify("success", "Rolled back", "The answers change within seconds.");
      await queries.invalidateQueries({ queryKey: ["executions"] });
      await queries.invalidateQueries({ queryKey: ["overview"] });
    },
  });
  const options = [
    { value: "", label: "What was served before" },
    ...others.map(({ name }) => ({ value: name, label: name })),
  ];
  return (
    <>
      <RoleButton
        role="operator"
        refusal={others.length === 0 ? "no other execution has made recommendations" : null}
        onClick={() => {
          rollBack.reset();
          setOpen(true);
        }}
      >
        Roll back …
      </RoleButton>
      {isOpen && (
        <Ask
          title="Roll back what is served"
          action="Roll back"
          isBusy={rollBack.isPending}
          problem={rollBack.error?.message}
          onAction={() => {
            rollBack.mutate();
          }}
          onClose={() => {
            setOpen(false);
          }}
        >
          <SpaceBetween size="m">
            <Box>
              {served === undefined
                ? "Nothing is served now."
                : `“${served.name}” is served now. Its recommendations are kept; rolling back again returns to them.`}
            </Box>
            <FormField label="Serve">
              <Select
                options={options}
                selectedOption={options.find(({ value }) => value === to) ?? options[0]!}
                onChange={({ detail }) => {
                  setTo(detail.selectedOption.value ?? "");
                }}
              />
            </FormField>
          </SpaceBetween>
        </Ask>
      )}
    </>
  );
}
