import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { change } from "../api/client.ts";
import { useNotify } from "../shell/notifications.tsx";

const SHORTEST_REASON = 10;

/** Serves a rejected model all the same, for a reason that is kept. */
export function PromoteButton({
  execution,
  path,
  isAdmin,
}: {
  readonly execution: string;
  /** The execution's, below `/panel/api`. */
  readonly path: string;
  readonly isAdmin: boolean;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const notify = useNotify();
  const queries = useQueryClient();
  const promote = useMutation({
    mutationFn: () => change("POST", `${path}/promote`, { reason }),
    onSuccess: async () => {
      setOpen(false);
      notify(
        "info",
        `The model of ${execution} is being promoted`,
        "It is served when the workflow has ended.",
      );
      await queries.invalidateQueries({ queryKey: ["executions"] });
      await queries.invalidateQueries({ queryKey: ["models"] });
    },
  });
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      <Button
        disabled={!isAdmin}
        disabledReason="Only admins promote a rejected model."
        onClick={() => {
          promote.reset();
          setOpen(true);
        }}
      >
        Promote …
      </Button>
      <Modal
        visible={isOpen}
        onDismiss={close}
        header={`Promote the model of ${execution}`}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={close}>
                Cancel
              </Button>
              <Button
                variant="primary"
                loading={promote.isPending}
                disabled={reason.trim().length < SHORTEST_REASON}
                onClick={() => {
                  promote.mutate();
                }}
              >
                Promote
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="m">
          <Box>
            The gate has rejected this model. Promoted, it is fitted on all rows, everybody is
            scored with it, and its recommendations are served. What is served now can be brought
            back by a roll-back.
          </Box>
          <FormField
            label="Reason"
            constraintText={`At least ${SHORTEST_REASON} characters. It is kept with the model, with your name.`}
            errorText={promote.isError ? promote.error.message : undefined}
          >
            <Textarea
              value={reason}
              onChange={({ detail }) => {
                setReason(detail.value);
              }}
            />
          </FormField>
        </SpaceBetween>
      </Modal>
    </>
  );
}
