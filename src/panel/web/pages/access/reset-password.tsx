import Box from "@cloudscape-design/components/box";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { InvitationLink, Person } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { Ask } from "../../forms/ask.tsx";
import { ShownOnce } from "../../forms/shown-once.tsx";
import { Time } from "../../format/time.tsx";

/** Makes a one-time link by which somebody chooses a new password. */
export function ResetPassword({
  person: { name },
  onClose,
}: {
  readonly person: Person;
  readonly onClose: () => void;
}): ReactNode {
  const reset = useMutation({
    mutationFn: () => change<InvitationLink>("POST", `/people/${encodeURIComponent(name)}/reset`),
  });
  return (
    <Ask
      title={`A new password for ${name}`}
      action={reset.isSuccess ? null : "Make the link"}
      back={reset.isSuccess ? "Done" : "Cancel"}
      isBusy={reset.isPending}
      problem={reset.error?.message}
      onAction={() => {
        reset.mutate();
      }}
      onClose={onClose}
    >
      {reset.isSuccess ? (
        <ShownOnce what="link" secret={reset.data.link}>
          Send it to {name}. It works once, until <Time at={reset.data.expiresAt} />; the old
          password counts until it is used.
        </ShownOnce>
      ) : (
        <Box>{name} gets a one-time link from you and chooses a new password with it.</Box>
      )}
    </Ask>
  );
}
