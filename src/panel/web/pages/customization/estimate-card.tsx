import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import type { StackName, StepEstimate } from "../../../../schema/index.ts";
import { dollars } from "../../format/dollars.ts";
import { duration } from "../../format/time.tsx";
import { STACK_TITLES } from "../../../../words/index.ts";
import { assumptionsOf, estimatesOf, lastOf, totalOf } from "./estimate-words.ts";

/** What an execution with these settings will take, and what that rests on. */
export function EstimateCard({
  stack,
  estimates,
  isOutOfDate,
}: {
  readonly stack: StackName;
  readonly estimates: readonly StepEstimate[];
  /** Are there changes that the estimate does not know yet? */
  readonly isOutOfDate: boolean;
}): ReactNode {
  const own = estimatesOf(stack, estimates);
  const total = totalOf(own);
  const last = lastOf(own);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            isOutOfDate
              ? "Of the saved draft. Save to see what your changes come to."
              : `Of one execution of the ${STACK_TITLES[stack]}.`
          }
        >
          Estimate
        </Header>
      }
    >
      {own.length === 0 ? (
        <Box color="text-body-secondary">
          This stack has nothing to execute: it answers as long as it is deployed.
        </Box>
      ) : (
        <SpaceBetween size="m">
          <KeyValuePairs
            columns={2}
            minColumnWidth={110}
            items={[
              { label: "Time", value: <Big>{time(total.seconds)}</Big> },
              {
                label: "Cloud price",
                value: <Big>{total.usd === null ? "–" : dollars(total.usd)}</Big>,
              },
            ]}
          />
          {last !== null && (
            <Box>
              These steps took {spent(last)} in <b>{last.execution}</b>, the latest that succeeded.
            </Box>
          )}
          {own.some(({ isRough }) => isRough) && (
            <Box color="text-body-secondary" fontSize="body-s">
              A rough price: by a table that was written down by hand, not held against AWS’s price
              list. Your own prices go into <Box variant="code">prices.json</Box> in the bucket.
            </Box>
          )}
          {total.isPartial && total.seconds !== null && (
            <Box color="text-body-secondary" fontSize="body-s">
              Steps of which nothing is known are not in the sums.
            </Box>
          )}
          <KeyValuePairs
            columns={2}
            minColumnWidth={110}
            items={own.map(({ step, seconds, usd, last: took }) => ({
              label: step,
              value: (
                <>
                  {seconds === null ? "not known yet" : `${time(seconds)} · ${price(usd)}`}
                  {took !== null && (
                    <Box color="text-body-secondary" fontSize="body-s">
                      last: {spent(took)}
                    </Box>
                  )}
                </>
              ),
            }))}
          />
          <ExpandableSection
            headerText="What this assumes"
            defaultExpanded={total.seconds === null}
          >
            <Box variant="small">
              <ul className="plain-list">
                {assumptionsOf(own).map(({ assumption, steps }) => (
                  <li key={assumption}>
                    {assumption}
                    {steps.length < own.length && ` (${steps.join(", ")})`}
                  </li>
                ))}
              </ul>
            </Box>
          </ExpandableSection>
        </SpaceBetween>
      )}
    </Container>
  );
}

function Big({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Box fontSize="heading-l" fontWeight="bold">
      {children}
    </Box>
  );
}

function time(seconds: number | null): string {
  return seconds === null ? "–" : duration(seconds);
}

/** What was really spent: time, and money where it was paid for. */
function spent({ seconds, usd }: NonNullable<StepEstimate["last"]>): string {
  return usd === null ? time(seconds) : `${time(seconds)} · ${dollars(usd)}`;
}

function price(usd: number | null): string {
  return usd === null ? "no price known" : dollars(usd);
}
