import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { CollectorReport, DataCheck, RawData } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { RoleButton } from "../../forms/role-button.tsx";
import { whole } from "../../format/numbers.ts";
import { sentence } from "../../format/sentence.ts";
import { Ago } from "../../format/time.tsx";
import { useNotify } from "../../shell/notifications.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { Empty } from "../../states/loaded.tsx";
import { Findings } from "./findings.tsx";

/** Runs the collector's checks without collecting, and shows what the last check or collection has found. */
export function CheckSection({ data }: { readonly data: RawData }): ReactNode {
  const { check, files, report, reportOf } = data;
  const queries = useQueryClient();
  const notify = useNotify();
  const start = useMutation({
    mutationFn: () => change<DataCheck>("POST", "/data/check"),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["data"], exact: true }),
    onError: (error) => {
      notify("error", "The checks were not started", error.message);
    },
  });
  const missing = files.filter(({ required, present }) => required && !present);
  const isRunning = check.state === "running";
  const button = (
    <RoleButton
      role="operator"
      loading={start.isPending || isRunning}
      loadingText="The checks are running"
      refusal={
        missing.length === 0 ? null : `Upload ${missing.map(({ name }) => name).join(", ")} first.`
      }
      onClick={() => {
        start.mutate();
      }}
    >
      Run the checks
    </RoleButton>
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="What the collector will find in these files, before it runs. Nothing is changed."
          actions={button}
        >
          Checks
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Standing check={check} />
        {report !== null && reportOf !== null && !isRunning && (
          <SpaceBetween size="m">
            <Source of={reportOf} check={check} />
            <Findings report={report as unknown as CollectorReport} of={reportOf} />
          </SpaceBetween>
        )}
        {report === null && check.state === "none" && (
          <Empty title="Nothing has been checked yet">
            The checks read every row, count what they find, and set bad rows aside with the reason.
          </Empty>
        )}
      </SpaceBetween>
    </Container>
  );
}

function Standing({ check }: { readonly check: DataCheck }): ReactNode {
  const { state, progress, problem } = check;
  switch (state) {
    case "none":
      return null;
    case "running":
      return (
        <ProgressBar
          label="The checks are running"
          {...shareOf(progress)}
          description={progress?.activity ?? "Beginning"}
          additionalInfo={countOf(progress)}
        />
      );
    case "succeeded":
      return null;
    case "failed":
      return (
        <Alert type="error" header="The collector would refuse these files">
          {(problem ?? "").split("\n").map((line) => (
            <div key={line}>{sentence(line)}</div>
          ))}
        </Alert>
      );
  }
}

function Source({ of, check }: { readonly of: string; readonly check: DataCheck }): ReactNode {
  if (of !== "check") {
    return (
      <Box>
        Found by the collector execution{" "}
        <PageLink to={`/executions/collector/${of}`}>{of}</PageLink>.
      </Box>
    );
  }
  return (
    <StatusIndicator type={check.state === "failed" ? "error" : "success"}>
      Checked <Ago at={check.endedAt} />
    </StatusIndicator>
  );
}

function shareOf(progress: DataCheck["progress"]): { readonly value?: number } {
  if (progress?.done == null || progress.total == null || progress.total === 0) return {};
  return { value: Math.min(100, Math.round((100 * progress.done) / progress.total)) };
}

function countOf(progress: DataCheck["progress"]): string {
  if (progress?.done == null) return "";
  const of = progress.total === null ? "" : ` of ${whole(progress.total)}`;
  return `${whole(progress.done)}${of} ${progress.unit ?? ""}`;
}
