import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { ExecutionSummary } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { useMay } from "../../api/session.tsx";
import { useNotify } from "../../shell/notifications.tsx";

/** Serves again what an earlier execution has made: one swap of a pointer, undone by another. */
export function RollBackButton({
  executions,
}: {
  readonly executions: readonly ExecutionSummary[];
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [to, setTo] = useState("");
  const isOperator = useMay("operator");
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
  const close = () => {
    setOpen(false);
  };
  const options = [
    { value: "", label: "What was served before" },
    ...others.map(({ name }) => ({ value: name, label: name })),
  ];
  return (
    <>
      <Button
        disabled={!isOperator || others.length === 0}
        disabledReason={
          isOperator
            ? "No other execution has made recommendations."
            : "Only operators and admins roll back."
        }
        onClick={() => {
          rollBack.reset();
          setOpen(true);
        }}
      >
        Roll back …
      </Button>
      <Modal
        visible={isOpen}
        onDismiss={close}
        header="Roll back what is served"
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={close}>
                Cancel
              </Button>
              <Button
                variant="primary"
                loading={rollBack.isPending}
                onClick={() => {
                  rollBack.mutate();
                }}
              >
                Roll back
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="m">
          <Box>
            {served === undefined ? "Nothing is served now." : `“${served.name}” is served now.`}{" "}
            Its recommendations are kept; rolling back again returns to them.
          </Box>
          <FormField
            label="Serve"
            errorText={rollBack.isError ? rollBack.error.message : undefined}
          >
            <Select
              options={options}
              selectedOption={options.find(({ value }) => value === to) ?? options[0]!}
              onChange={({ detail }) => {
                setTo(detail.selectedOption.value ?? "");
              }}
            />
          </FormField>
        </SpaceBetween>
      </Modal>
    </>
  );
}
