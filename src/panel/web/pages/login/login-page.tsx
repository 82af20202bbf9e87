import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { change } from "../../api/client.ts";
import { DoorField } from "./door-field.tsx";
import { DoorForm } from "./door-form.tsx";

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
    <DoorForm
      title="Log in"
      action="Log in"
      isPending={login.isPending}
      error={login.error}
      onSubmit={() => {
        login.mutate();
      }}
    >
      <DoorField label="Name" kind="username" value={name} onChange={setName} />
      <DoorField
        label="Password"
        kind="current-password"
        value={password}
        hint="Lost it? An admin can make you a link for a new one; on the server, recsys invite --for NAME does."
        onChange={setPassword}
      />
    </DoorForm>
  );
}
