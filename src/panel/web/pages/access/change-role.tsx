import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { Person, Role } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { useSession } from "../../api/session.tsx";
import { Ask } from "../../forms/ask.tsx";
import { useNotify } from "../../shell/notifications.tsx";
import { ROLE_OPTIONS, roleOption } from "./role-words.ts";

/** Gives somebody another role. */
export function ChangeRole({
  person: { name, role: held },
  onClose,
}: {
  readonly person: Person;
  readonly onClose: () => void;
}): ReactNode {
  const [role, setRole] = useState<Role>(held);
  const isOwn = useSession().name === name;
  const queries = useQueryClient();
  const notify = useNotify();
  const saving = useMutation({
    mutationFn: () => change("PATCH", `/people/${encodeURIComponent(name)}`, { role }),
    onSuccess: async () => {
      notify("success", `${name} has the role ${role} now`);
      onClose();
      await queries.invalidateQueries({ queryKey: isOwn ? ["session"] : ["people"] });
    },
  });
  return (
    <Ask
      title={`The role of ${name}`}
      action="Change role"
      isBusy={saving.isPending}
      problem={saving.error?.message}
      refusal={role === held ? "Choose another role first." : null}
      onAction={() => {
        saving.mutate();
      }}
      onClose={onClose}
    >
      <FormField label="Role">
        <Select
          selectedOption={roleOption(role)}
          options={ROLE_OPTIONS}
          onChange={({ detail }) => {
            saving.reset();
            setRole(detail.selectedOption.value as Role);
          }}
        />
      </FormField>
      <Alert type="info">
        {isOwn
          ? "You are logged out by this, and come in again with the new role."
          : `${name} is logged out by this, and comes in again with the new role.`}
      </Alert>
    </Ask>
  );
}
