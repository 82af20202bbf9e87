import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { change } from "../../api/client.ts";
import { Door } from "./door.tsx";

/** Name and password. */
export function LoginPage(): ReactNode {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const queries = useQueryClient();
  const login = useMutation({
    mutationFn: () => change("POST", "/session", { name, password }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["session"] }),
  });
  return (
    <Door>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          login.mutate();
        }}
      >
        <Container header={<Header variant="h2">Log in</Header>}>
          <Form
            {...(login.isError ? { errorText: login.error.message } : {})}
            actions={
              <Button variant="primary" loading={login.isPending} formAction="submit">
                Log in
              </Button>
            }
          >
            <SpaceBetween size="m">
              <FormField label="Name">
                <Input
                  value={name}
                  autoFocus
                  autoComplete="username"
                  onChange={({ detail }) => {
                    setName(detail.value);
                  }}
                />
              </FormField>
              <FormField
                label="Password"
                constraintText="Lost it? An admin can invite you again; on the server, recsys invite does."
              >
                <Input
                  type="password"
                  value={password}
                  autoComplete="current-password"
                  onChange={({ detail }) => {
                    setPassword(detail.value);
                  }}
                />
              </FormField>
            </SpaceBetween>
          </Form>
        </Container>
      </form>
    </Door>
  );
}
