import Box from "@cloudscape-design/components/box";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { RawData, RawFile } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { Ask } from "../../forms/ask.tsx";

/** Asks before a raw file is removed. */
export function RemoveFile({
  file: { name },
  onClose,
  onRemoved,
}: {
  readonly file: RawFile;
  readonly onClose: () => void;
  readonly onRemoved: (data: RawData) => void;
}): ReactNode {
  const removal = useMutation({
    mutationFn: () => change<RawData>("DELETE", `/data/files/${encodeURIComponent(name)}`),
    onSuccess: onRemoved,
  });
  return (
    <Ask
      title={`Remove ${name}?`}
      action="Remove"
      back="Keep it"
      isBusy={removal.isPending}
      problem={removal.error?.message}
      onAction={() => {
        removal.mutate();
      }}
      onClose={onClose}
    >
      <Box>
        It is removed from the bucket for good. What earlier executions have made of it stays, and
        so does what is served.
      </Box>
    </Ask>
  );
}
