import Box from "@cloudscape-design/components/box";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ApiKey } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { Ask } from "../../forms/ask.tsx";
import { useNotify } from "../../shell/notifications.tsx";

/** Takes a key back. */
export function RemoveKey({
  apiKey: { name, sha256 },
  onClose,
}: {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}): ReactNode {
  const queries = useQueryClient();
  const notify = useNotify();
  const removal = useMutation({
    mutationFn: () => change("DELETE", `/keys/${sha256}`),
    onSuccess: async () => {
      notify("success", `The key ${name} was removed`);
      onClose();
      await queries.invalidateQueries({ queryKey: ["keys"] });
    },
  });
  return (
    <Ask
      title={`Remove the key ${name}?`}
      action="Remove"
      isBusy={removal.isPending}
      problem={removal.error?.message}
      onAction={() => {
        removal.mutate();
      }}
      onClose={onClose}
    >
      <Box>
        Where keys are required, whoever uses it is refused from now on; in AWS within a minute.
      </Box>
    </Ask>
  );
}
