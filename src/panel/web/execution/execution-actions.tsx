import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ExecutionView } from "../../../schema/index.ts";
import { change } from "../api/client.ts";
import { useMay } from "../api/session.tsx";
import { useNotify } from "../shell/notifications.tsx";
import { PromoteButton } from "./promote-button.tsx";

/** What may be done with an execution now: stop it, go on from where it failed, serve its rejected model. */
export function ExecutionActions({ view }: { readonly view: ExecutionView }): ReactNode {
  const { summary, may } = view;
  const path = `/executions/${summary.workflow}/${encodeURIComponent(summary.name)}`;
  const isOperator = useMay("operator");
  const isAdmin = useMay("admin");
  const notify = useNotify();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (action: "stop" | "retry") => change("POST", `${path}/${action}`, {}),
    onSuccess: (_, action) => {
      notify("info", action === "stop" ? `Stopping ${summary.name}` : `${summary.name} goes on`);
      return queries.invalidateQueries({ queryKey: ["executions"] });
    },
    onError: (error, action) => {
      notify("error", `Could not ${action} ${summary.name}`, error.message);
    },
  });
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {may.stop && (
        <Button
          disabled={!isOperator}
          loading={act.isPending}
          disabledReason="Only operators and admins stop executions."
          onClick={() => {
            act.mutate("stop");
          }}
        >
          Stop
        </Button>
      )}
      {may.retry && (
        <Button
          disabled={!isOperator}
          loading={act.isPending}
          disabledReason="Only operators and admins retry executions."
          onClick={() => {
            act.mutate("retry");
          }}
        >
          Retry from {summary.state ?? "the failed state"}
        </Button>
      )}
      {may.promote && <PromoteButton execution={summary.name} path={path} isAdmin={isAdmin} />}
    </SpaceBetween>
  );
}
