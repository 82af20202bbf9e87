import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { ExecutionView } from "../../../schema/index.ts";
import { change } from "../api/client.ts";
import { RoleButton } from "../forms/role-button.tsx";
import { useNotify } from "../shell/notifications.tsx";
import { PromoteDialog } from "./promote-dialog.tsx";
import { stateTitle } from "./state-title.ts";

/** What may be done with an execution now: stop it, go on from where it failed, serve its rejected model. */
export function ExecutionActions({ view }: { readonly view: ExecutionView }): ReactNode {
  const { summary, may } = view;
  const path = `/executions/${summary.workflow}/${encodeURIComponent(summary.name)}`;
  const [isPromoting, setPromoting] = useState(false);
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
        <RoleButton
          role="operator"
          loading={act.isPending}
          onClick={() => {
            act.mutate("stop");
          }}
        >
          Stop
        </RoleButton>
      )}
      {may.retry && (
        <RoleButton
          role="operator"
          loading={act.isPending}
          onClick={() => {
            act.mutate("retry");
          }}
        >
          {summary.state === null ? "Retry" : `Retry from “${stateTitle(summary.state)}”`}
        </RoleButton>
      )}
      {may.promote && (
        <RoleButton
          role="admin"
          onClick={() => {
            setPromoting(true);
          }}
        >
          Promote by hand
        </RoleButton>
      )}
      {isPromoting && (
        <PromoteDialog
          execution={summary.name}
          failed={[summary.detail]}
          onClose={() => {
            setPromoting(false);
          }}
        />
      )}
    </SpaceBetween>
  );
}
