import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Spinner from "@cloudscape-design/components/spinner";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { sentence } from "../format/sentence.ts";

/** What was read, or that it is on its way, or why it did not come, with a way to try again. */
export function Loaded<Value>({
  query,
  what,
  children,
}: {
  readonly query: UseQueryResult<Value>;
  /** In the middle of a sentence: "the executions". */
  readonly what: string;
  readonly children: (value: Value) => ReactNode;
}): ReactNode {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    return (
      <Alert
        type="error"
        header={`Could not load ${what}`}
        action={<Button onClick={() => void query.refetch()}>Try again</Button>}
      >
        {sentence(query.error.message)}
      </Alert>
    );
  }
  return (
    <Box textAlign="center" padding="xl" color="text-status-inactive">
      <Spinner /> Loading {what} …
    </Box>
  );
}

/** Nothing is there yet: says so, and what to do. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}): ReactNode {
  return (
    <Box textAlign="center" padding={{ vertical: "xl", horizontal: "l" }} color="inherit">
      <Box variant="strong" color="inherit">
        {title}
      </Box>
      <Box
        variant="p"
        padding={{ bottom: action === undefined ? "n" : "s" }}
        color="text-body-secondary"
      >
        {children}
      </Box>
      {action}
    </Box>
  );
}
