import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import type { ReactNode } from "react";

/** Something is on its way. */
export function Waiting({ what }: { readonly what: string }): ReactNode {
  return (
    <Box textAlign="center" padding="xxl" color="text-status-inactive">
      <Spinner size="large" />
      <Box variant="p" color="text-status-inactive">
        Loading {what} …
      </Box>
    </Box>
  );
}
