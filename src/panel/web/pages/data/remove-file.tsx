import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { RawData, RawFile } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";

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
    <Modal
      visible
      header={`Remove ${name}?`}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Keep it
            </Button>
            <Button
              variant="primary"
              loading={removal.isPending}
              onClick={() => {
                removal.mutate();
              }}
            >
              Remove
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>
          It is removed from the bucket for good. What earlier executions have made of it stays, and
          so does what is served.
        </Box>
        {removal.isError && <Alert type="error">{removal.error.message}</Alert>}
      </SpaceBetween>
    </Modal>
  );
}
