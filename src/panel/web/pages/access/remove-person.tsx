import Box from "@cloudscape-design/components/box";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Person } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { useSession } from "../../api/session.tsx";
import { Ask } from "../../forms/ask.tsx";
import { useNotify } from "../../shell/notifications.tsx";

/** Shuts somebody out. */
export function RemovePerson({
  person: { name },
  onClose,
}: {
  readonly person: Person;
  readonly onClose: () => void;
}): ReactNode {
  const isOwn = useSession().name === name;
  const queries = useQueryClient();
  const notify = useNotify();
  const removal = useMutation({
    mutationFn: () => change("DELETE", `/people/${encodeURIComponent(name)}`),
    onSuccess: async () => {
      notify("success", `${name} was removed`);
      onClose();
      await queries.invalidateQueries({ queryKey: isOwn ? ["session"] : ["people"] });
    },
  });
  return (
    <Ask
      title={isOwn ? "Remove yourself?" : `Remove ${name}?`}
      action="Remove"
      isBusy={removal.isPending}
      problem={removal.error?.message}
      onAction={() => {
        removal.mutate();
      }}
      onClose={onClose}
    >
      <Box>
        {isOwn
          ? "You are logged out at once and cannot come in again without an invitation."
          : `${name} is logged out at once and cannot come in again without an invitation.`}{" "}
        What they did stays in the audit log.
      </Box>
    </Ask>
  );
}
