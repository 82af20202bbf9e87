import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

import type { BurnPlan, StackName } from "../../../../schema/index.ts";
import { bytes } from "../../format/numbers.ts";
import { Ago } from "../../format/time.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { STACK_TITLES } from "../../../../words/index.ts";
import { burnedPercent } from "./burn-words.ts";

/** How far a burning is, or how it has ended. */
export function Burning({
  stack,
  progress,
}: {
  readonly stack: StackName;
  readonly progress: NonNullable<BurnPlan["progress"]>;
}): ReactNode {
  const { state, startedBy, endedAt, steps, problem } = progress;
  const title = STACK_TITLES[stack];
  switch (state) {
    case "running":
      return (
        <Container header={<Header variant="h2">The {title} is burning</Header>}>
          <SpaceBetween size="m">
            <ProgressBar
              label="Removed"
              value={burnedPercent(progress)}
              description={`Begun by ${startedBy}`}
            />
            <ul className="bare-list">
              {steps.map(({ what, state: standing, bytes: size }) => (
                <li key={what}>
                  <StatusIndicator type={STEP_TYPES[standing]}>
                    {what}
                    {size > 0 && ` · ${bytes(size)}`}
                  </StatusIndicator>
                </li>
              ))}
            </ul>
          </SpaceBetween>
        </Container>
      );
    case "succeeded":
      return (
        <Alert type="success" header={`The ${title} has been burned`}>
          By {startedBy}, <Ago at={endedAt} />. It can be deployed again in the{" "}
          <PageLink to="/serving-recipe">Serving Recipe</PageLink>.
        </Alert>
      );
    case "failed":
      return (
        <Alert type="error" header={`Burning the ${title} stopped`}>
          {problem} (begun by {startedBy}, <Ago at={endedAt} />)
        </Alert>
      );
  }
}

const STEP_TYPES = { pending: "pending", running: "in-progress", done: "success" } as const;
