import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { PanelSession } from "../../../../schema/index.ts";
import { change, setCsrfToken } from "../../api/client.ts";
import { useSession } from "../../api/session.tsx";
import { problemAt, problemOfNoField } from "../../forms/problem-at.ts";
import { useNotify } from "../../shell/notifications.tsx";

const EMPTY = { current: "", next: "", again: "" };
const SHORTEST_PASSWORD = 12;

/** Changes one's own password; every other login of the same person ends. */
export function OwnPassword(): ReactNode {
  const [typed, setTyped] = useState(EMPTY);
  const { name } = useSession();
  const queries = useQueryClient();
  const notify = useNotify();
  const saving = useMutation({
    mutationFn: () =>
      change<PanelSession>("POST", "/password", { current: typed.current, next: typed.next }),
    onSuccess: (session) => {
      // All sessions have ended; this is the new one.
      setCsrfToken(session.csrfToken);
      queries.setQueryData(["session"], session);
      setTyped(EMPTY);
      notify("success", "Password changed", "You were logged out everywhere else.");
    },
  });
  const differs = typed.again !== "" && typed.again !== typed.next;
  const isComplete = typed.current !== "" && typed.next !== "" && typed.again === typed.next;
  const field = (
    key: keyof typeof EMPTY,
    autoComplete: "current-password" | "new-password",
  ): ReactNode => (
    <Input
      type="password"
      value={typed[key]}
      autoComplete={autoComplete}
      onChange={({ detail }) => {
        saving.reset();
        setTyped((before) => ({ ...before, [key]: detail.value }));
      }}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) saving.mutate();
      }}
    >
      <Container
        header={
          <Header variant="h2" description="Changing it ends your logins in all other browsers.">
            Your password
          </Header>
        }
      >
        <SpaceBetween size="m">
          {problemOfNoField(saving.error) !== undefined && (
            <Alert type="error">{problemOfNoField(saving.error)}</Alert>
          )}
          {/* For password managers: whose password this is. */}
          <input type="text" name="username" autoComplete="username" value={name} readOnly hidden />
          <FormField label="Current password" errorText={problemAt(saving.error, "current")}>
            {field("current", "current-password")}
          </FormField>
          <FormField
            label="New password"
            constraintText={`At least ${SHORTEST_PASSWORD} characters.`}
            errorText={problemAt(saving.error, "next")}
          >
            {field("next", "new-password")}
          </FormField>
          <FormField label="New password again" errorText={differs ? "The two differ." : undefined}>
            {field("again", "new-password")}
          </FormField>
          <Button
            formAction="submit"
            loading={saving.isPending}
            disabled={!isComplete}
            disabledReason="Fill in all three; the new ones must be the same."
          >
            Change password
          </Button>
        </SpaceBetween>
      </Container>
    </form>
  );
}
