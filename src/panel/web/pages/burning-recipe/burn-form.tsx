import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { BurnPlan } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { useMay } from "../../api/session.tsx";
import { problemAt, problemOfNoField } from "../../forms/problem-at.ts";
import { RoleButton } from "../../forms/role-button.tsx";
import { sentence } from "../../format/sentence.ts";
import { STACK_TITLES } from "../../../../words/index.ts";

/** The stack's name, typed in full, and "Burn Now". */
export function BurnForm({ plan: { stack, burn } }: { readonly plan: BurnPlan }): ReactNode {
  const [typed, setTyped] = useState("");
  const queries = useQueryClient();
  const isAdmin = useMay("admin");
  const burning = useMutation({
    mutationFn: () => change<BurnPlan>("POST", `/burn/${stack}`, { confirm: typed }),
    onSuccess: async (plan) => {
      setTyped("");
      queries.setQueryData(["burn", stack], plan);
      await queries.invalidateQueries({ queryKey: ["overview"] });
    },
  });
  const isConfirmed = typed === stack;
  const refusal = burn.allowed
    ? isConfirmed
      ? null
      : `Type “${stack}” first.`
    : (burn.reason ?? "Not now.");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isAdmin && burn.allowed && isConfirmed) burning.mutate();
      }}
    >
      <Container header={<Header variant="h2">Burn the {STACK_TITLES[stack]}</Header>}>
        <SpaceBetween size="m">
          {!burn.allowed && (
            <Alert type="info" header="It cannot be burned now">
              {sentence(burn.reason ?? "")}
            </Alert>
          )}
          {problemOfNoField(burning.error) !== undefined && (
            <Alert type="error" header="Nothing was removed">
              {problemOfNoField(burning.error)}
            </Alert>
          )}
          <FormField
            label={`To confirm, type “${stack}”`}
            description="What is removed cannot be brought back; it can only be made again."
            errorText={problemAt(burning.error, "confirm")}
          >
            <Input
              value={typed}
              disabled={!isAdmin || !burn.allowed}
              spellcheck={false}
              autoComplete="off"
              onChange={({ detail }) => {
                burning.reset();
                setTyped(detail.value);
              }}
            />
          </FormField>
          <RoleButton
            role="admin"
            variant="primary"
            formAction="submit"
            loading={burning.isPending}
            refusal={refusal}
          >
            Burn Now
          </RoleButton>
        </SpaceBetween>
      </Container>
    </form>
  );
}
