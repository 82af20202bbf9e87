import "./logs.css";

import Button from "@cloudscape-design/components/button";
import { type ReactNode, useRef, useState } from "react";

import type { NumberedLine } from "./log-lines.ts";
import { LogLineRow } from "./log-line-row.tsx";

/** So near to the end one is at the end. */
const NEAR_PIXELS = 24;

/**
 * The lines, the newest below. Who is at the end stays there, and who has scrolled up is left where they read: the
 * style sheet lets the browser count its scrolling from the end.
 */
export function LogView({
  lines,
  withExecution,
  isOfJobs,
}: {
  readonly lines: readonly NumberedLine[];
  /** Are the lines of several executions? */
  readonly withExecution: boolean;
  /** Do they name states and hosts? Calls of the API need less room for where they come from. */
  readonly isOfJobs: boolean;
}): ReactNode {
  const view = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  return (
    <>
      <div
        ref={view}
        className={isOfJobs ? "log-lines shaded" : "log-lines of-calls shaded"}
        role="log"
        aria-live="off"
        aria-label="Log lines, the newest below"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop } }) => {
          setAtEnd(scrollTop > -NEAR_PIXELS);
        }}
      >
        <div>
          {lines.map(({ number, line }) => (
            <LogLineRow key={number} line={line} withExecution={withExecution} />
          ))}
        </div>
      </div>
      {!isAtEnd && (
        <Button
          variant="inline-link"
          iconName="angle-down"
          onClick={() => {
            view.current?.scrollTo({ top: 0 });
          }}
        >
          To the newest line
        </Button>
      )}
    </>
  );
}
