import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import { sentence } from "../format/sentence.ts";

/** A question with one thing to do about it, and a way back. */
export function Ask({
  title,
  action,
  isBusy,
  problem,
  refusal = null,
  back = "Cancel",
  onAction,
  onClose,
  children,
}: {
  readonly title: string;
  /** Words of the button that does it; `null` once it is done and there is only to close. */
  readonly action: string | null;
  readonly isBusy: boolean;
  /** Why it was not done. */
  readonly problem: string | undefined;
  /** Why it cannot be done as it stands. */
  readonly refusal?: string | null;
  readonly back?: string;
  readonly onAction: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Modal
      visible
      header={title}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant={action === null ? "primary" : "link"} onClick={onClose}>
              {back}
            </Button>
            {action !== null && (
              <Button
                variant="primary"
                loading={isBusy}
                onClick={onAction}
                {...(refusal === null ? {} : { disabled: true, disabledReason: refusal })}
              >
                {action}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (action !== null && refusal === null && !isBusy) onAction();
        }}
      >
        <SpaceBetween size="m">
          {problem !== undefined && <Alert type="error">{sentence(problem)}</Alert>}
          {children}
        </SpaceBetween>
      </form>
    </Modal>
  );
}
