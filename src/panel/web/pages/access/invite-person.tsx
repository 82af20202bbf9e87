import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { InvitationLink, Role } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { Ask } from "../../forms/ask.tsx";
import { ShownOnce } from "../../forms/shown-once.tsx";
import { Time } from "../../format/time.tsx";
import { ROLE_OPTIONS, roleOption } from "./role-words.ts";

/** Makes a one-time link for somebody new. */
export function InvitePerson({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [role, setRole] = useState<Role>("viewer");
  const invitation = useMutation({
    mutationFn: () => change<InvitationLink>("POST", "/people", { role }),
  });
  return (
    <Ask
      title="Invite somebody"
      action={invitation.isSuccess ? null : "Make the link"}
      back={invitation.isSuccess ? "Done" : "Cancel"}
      isBusy={invitation.isPending}
      problem={invitation.error?.message}
      onAction={() => {
        invitation.mutate();
      }}
      onClose={onClose}
    >
      {invitation.isSuccess ? (
        <ShownOnce what="link" secret={invitation.data.link}>
          Send it to the person you invite. It lets whoever has it in, once, with the role {role},
          until <Time at={invitation.data.expiresAt} />.
        </ShownOnce>
      ) : (
        <FormField label="Role" description="It can be changed later.">
          <Select
            selectedOption={roleOption(role)}
            options={ROLE_OPTIONS}
            onChange={({ detail }) => {
              setRole(detail.selectedOption.value as Role);
            }}
          />
        </FormField>
      )}
    </Ask>
  );
}
