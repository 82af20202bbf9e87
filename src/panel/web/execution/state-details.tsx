import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tabs from "@cloudscape-design/components/tabs";
import type { ReactNode } from "react";

import type { ExecutionView, StateStanding } from "../../../schema/index.ts";
import { CodeText } from "../format/code-text.tsx";
import { duration, Time } from "../format/time.tsx";
import { Empty } from "../states/loaded.tsx";
import { sentence } from "../format/sentence.ts";
import { AttemptTable } from "./attempt-table.tsx";
import { GateWords } from "./gate-words.tsx";
import { errorTitle } from "./error-title.ts";
import { StateLogs } from "./state-logs.tsx";
import { progressWords, secondsOf, shareDone, STATE_WORDS } from "./state-words.ts";

/** Everything about one state: how it stands, what went in and came out, what it printed, its attempts. */
export function StateDetails({
  view,
  state,
}: {
  readonly view: ExecutionView;
  readonly state: string;
}): ReactNode {
  const standing = view.states.find((known) => known.state === state);
  const plan = view.graph.find(({ name }) => name === state);
  if (standing === undefined || plan === undefined) return null;
  const last = standing.attempts.at(-1);
  const nested = view.graph.filter(({ parent }) => parent === state);
  return (
    <Tabs
      ariaLabel={`State ${state}`}
      tabs={[
        {
          id: "overview",
          label: "Overview",
          content: (
            <SpaceBetween size="m">
              {plan.comment !== "" && (
                <Box color="text-body-secondary">{sentence(plan.comment)}</Box>
              )}
              <Progress standing={standing} />
              <KeyValuePairs
                columns={3}
                minColumnWidth={120}
                items={[
                  {
                    label: "Status",
                    value: (
                      <StatusIndicator type={STATE_WORDS[standing.status].type}>
                        {STATE_WORDS[standing.status].text}
                      </StatusIndicator>
                    ),
                  },
                  { label: "Entered", value: <Time at={last?.enteredAt ?? null} /> },
                  { label: "Took", value: durationOf(standing) },
                ]}
              />
              {standing.note !== null && (
                <Alert type="info" header="Promoted by hand">
                  {standing.note}
                </Alert>
              )}
              {last?.error != null && (
                <Alert
                  type={standing.status === "overruled" ? "warning" : "error"}
                  header={errorTitle(last.error.error)}
                >
                  <GateWords text={last.error.cause} />
                </Alert>
              )}
            </SpaceBetween>
          ),
        },
        {
          id: "attempts",
          label: `Attempts (${attemptsOf(view, [state, ...nested.map(({ name }) => name)]).length})`,
          content: (
            <AttemptTable attempts={attemptsOf(view, [state, ...nested.map(({ name }) => name)])} />
          ),
        },
        { id: "input", label: "Input", content: <Value value={last?.input} what="input" /> },
        { id: "output", label: "Output", content: <Value value={last?.output} what="output" /> },
        {
          id: "logs",
          label: "Logs",
          content: (
            <StateLogs
              workflow={view.summary.workflow}
              execution={view.summary.name}
              state={state}
              isRunning={standing.status === "running"}
            />
          ),
        },
      ]}
    />
  );
}

function Progress({
  standing: { progress, status },
}: {
  readonly standing: StateStanding;
}): ReactNode {
  if (progress === null || status !== "running") return null;
  const share = shareDone(progress);
  const words = progressWords(progress).join(" · ");
  if (share === undefined) {
    return (
      <StatusIndicator type="in-progress">
        {capitalised(progress.activity)} {words}
      </StatusIndicator>
    );
  }
  return (
    <ProgressBar
      value={share * 100}
      label={capitalised(progress.activity)}
      additionalInfo={words}
    />
  );
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function Value({ value, what }: { readonly value: unknown; readonly what: string }): ReactNode {
  return value === undefined || value === null ? (
    <Empty title={`No ${what} yet`} />
  ) : (
    <CodeText text={JSON.stringify(value, null, 2)} label={`The state's ${what}`} />
  );
}

function durationOf(standing: StateStanding): string {
  const seconds = secondsOf(standing);
  return seconds === undefined ? "–" : duration(seconds);
}

function attemptsOf(view: ExecutionView, states: readonly string[]) {
  return view.states
    .filter(({ state }) => states.includes(state))
    .flatMap(({ state, attempts }) => attempts.map((attempt) => ({ state, ...attempt })))
    .sort((a, b) => (a.enteredAt < b.enteredAt ? -1 : 1));
}
