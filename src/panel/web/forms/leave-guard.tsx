import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useEffect } from "react";
import { useBlocker } from "react-router";

/** Asks before a page is left on which something would be lost. */
export function LeaveGuard({
  isNeeded,
  title,
  children,
  leave,
}: {
  readonly isNeeded: boolean;
  readonly title: string;
  /** What would be lost. */
  readonly children: ReactNode;
  /** Words of the button that leaves all the same. */
  readonly leave: string;
}): ReactNode {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isNeeded && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isNeeded) return undefined;
    // Leaving the site altogether: the browser asks in its own words.
    const ask = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => {
      window.removeEventListener("beforeunload", ask);
    };
  }, [isNeeded]);
  if (blocker.state !== "blocked") return null;
  return (
    <Modal
      visible
      header={title}
      onDismiss={() => {
        blocker.reset();
      }}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              variant="link"
              onClick={() => {
                blocker.reset();
              }}
            >
              Stay
            </Button>
            <Button
              variant="primary"
              onClick={() => {
                blocker.proceed();
              }}
            >
              {leave}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {children}
    </Modal>
  );
}
