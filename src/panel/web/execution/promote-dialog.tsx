import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";

import { change } from "../api/client.ts";
import { problemAt, problemOfNoField } from "../forms/problem-at.ts";
import { useNotify } from "../shell/notifications.tsx";

const SHORTEST = 10;
const LONGEST = 1000;

/** Asks why a rejected model is to be served all the same. */
export function PromoteDialog({
  execution,
  failed,
  onClose,
}: {
  readonly execution: string;
  /** The conditions of the gate that it did not meet. */
  readonly failed: readonly string[];
  readonly onClose: () => void;
}): ReactNode {
  const [reason, setReason] = useState("");
  const [isTried, setTried] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const page = `/executions/core/${encodeURIComponent(execution)}`;
  const promote = useMutation({
    mutationFn: () => change("POST", `${page}/promote`, { reason: reason.trim() }),
    onSuccess: async () => {
      notify("success", `${execution} goes on`, "It is served as soon as its lists are made.");
      await queries.invalidateQueries({ queryKey: ["models"] });
      await queries.invalidateQueries({ queryKey: ["executions"] });
      onClose();
      void navigate(page);
    },
  });
  const length = reason.trim().length;
  const problem =
    length < SHORTEST
      ? `Say it in at least ${SHORTEST} characters; there are ${length}.`
      : length > LONGEST
        ? `At most ${LONGEST} characters; there are ${length}.`
        : undefined;
  const field = problemAt(promote.error, "reason");
  const refusal = problemOfNoField(promote.error);
  const shown = field ?? (isTried ? problem : undefined);
  return (
    <Modal
      visible
      header={`Promote ${execution} by hand`}
      closeAriaLabel="Close"
      onDismiss={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (problem === undefined) promote.mutate();
        }}
      >
        <Form
          {...(refusal === undefined ? {} : { errorText: refusal })}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={onClose}>
                Cancel
              </Button>
              <Button variant="primary" loading={promote.isPending}>
                Promote
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="m">
            <Box variant="p">
              The execution goes on behind the gate: the model is fitted to all rows, recommends to
              everybody, and replaces what is served now. The gate’s verdict stays as it is; your
              name and your reason are kept beside it. It can be rolled back on the executions’
              page.
            </Box>
            <Alert type="warning" header="The gate rejected it">
              <ul>
                {failed.map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            </Alert>
            <FormField
              label="Why is it to be served all the same?"
              constraintText={`${SHORTEST} to ${LONGEST} characters.`}
              {...(shown === undefined ? {} : { errorText: shown })}
            >
              <Textarea
                value={reason}
                rows={4}
                autoFocus
                onChange={({ detail }) => {
                  setReason(detail.value);
                }}
              />
            </FormField>
          </SpaceBetween>
        </Form>
      </form>
    </Modal>
  );
}
