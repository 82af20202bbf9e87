import Alert from "@cloudscape-design/components/alert";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { change } from "../../api/client.ts";
import { problemAt } from "../../forms/problem-at.ts";
import { DoorField } from "./door-field.tsx";
import { DoorForm } from "./door-form.tsx";
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
  const isSame = again === password;
  return (
    <DoorForm
      title="Welcome"
      description="This link works once. Choose how you will log in."
      action="Begin"
      isPending={setup.isPending}
      error={setup.error}
      onSubmit={() => {
        if (isSame) setup.mutate();
      }}
    >
      <DoorField
        label="Name"
        kind="username"
        value={name}
        problem={problemAt(setup.error, "name")}
        onChange={setName}
      />
      <DoorField
        label="Password"
        kind="new-password"
        value={password}
        hint={`At least ${SHORTEST_PASSWORD} characters.`}
        problem={problemAt(setup.error, "password")}
        onChange={setPassword}
      />
      <DoorField
        label="Password again"
        kind="new-password"
        value={again}
        problem={again === "" || isSame ? undefined : "The two differ."}
        onChange={setAgain}
      />
    </DoorForm>
  );
}
