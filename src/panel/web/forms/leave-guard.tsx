import Box from "@cloudscape-design/components/box";
import { type ReactNode, useEffect } from "react";
import { useBlocker } from "react-router";

import { Ask } from "./ask.tsx";

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
    <Ask
      title={title}
      action={leave}
      back="Stay"
      isBusy={false}
      problem={undefined}
      onAction={() => {
        blocker.proceed();
      }}
      onClose={() => {
        blocker.reset();
      }}
    >
      <Box>{children}</Box>
    </Ask>
  );
}
