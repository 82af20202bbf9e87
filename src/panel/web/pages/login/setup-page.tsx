import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { change, RequestError } from "../../api/client.ts";
import { Door } from "./door.tsx";

const SHORTEST_PASSWORD = 12;

/** Where a one-time link leads: the one who follows it chooses a name and a password. */
export function SetupPage(): ReactNode {
  const [parameters] = useSearchParams();
  const token = parameters.get("token");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const setup = useMutation({
    mutationFn: () => change("POST", "/setup", { token, name, password }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["session"] });
      await navigate("/", { replace: true });
    },
  });
  if (token === null) {
    return (
      <Door>
        <Alert type="warning" header="This link is not whole">
          It should end in “?token=…”. Copy it again from the terminal, or ask for a new one.
        </Alert>
      </Door>
    );
  }
  const differs = again !== "" && again !== password;
  const problemAt = (path: string): string | undefined =>
    setup.error instanceof RequestError
      ? setup.error.fields.find((field) => field.path === path)?.problem
      : undefined;
  return (
    <Door>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!differs && again !== "") setup.mutate();
        }}
      >
        <Container
          header={
            <Header variant="h2" description="This link works once. Choose how you will log in.">
              Welcome
            </Header>
          }
        >
          <Form
            {...(setup.isError ? { errorText: setup.error.message } : {})}
            actions={
              <Button variant="primary" loading={setup.isPending} formAction="submit">
                Begin
              </Button>
            }
          >
            <SpaceBetween size="m">
              <FormField label="Name" errorText={problemAt("name")}>
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
                constraintText={`At least ${SHORTEST_PASSWORD} characters.`}
                errorText={problemAt("password")}
              >
                <Input
                  type="password"
                  value={password}
                  autoComplete="new-password"
                  onChange={({ detail }) => {
                    setPassword(detail.value);
                  }}
                />
              </FormField>
              <FormField label="Password again" errorText={differs ? "The two differ." : undefined}>
                <Input
                  type="password"
                  value={again}
                  autoComplete="new-password"
                  onChange={({ detail }) => {
                    setAgain(detail.value);
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
