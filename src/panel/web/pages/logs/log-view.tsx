import "./logs.css";

import Button from "@cloudscape-design/components/button";
import {
  borderRadiusInput,
  colorBackgroundCellShaded,
  fontFamilyMonospace,
} from "@cloudscape-design/design-tokens";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

import type { NumberedLine } from "./log-lines.ts";
import { LogLineRow } from "./log-line-row.tsx";

/** So near to the end one is at the end. */
const NEAR_PIXELS = 24;

/** The lines, the newest below. Who is at the end stays there; who has scrolled up is left where they read. */
export function LogView({ lines }: { readonly lines: readonly NumberedLine[] }): ReactNode {
  const view = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const goToEnd = (): void => {
    view.current?.scrollTo({ top: view.current.scrollHeight });
  };
  useLayoutEffect(() => {
    if (isAtEnd) goToEnd();
  }, [lines, isAtEnd]);
  return (
    <>
      <div
        ref={view}
        className="log-lines"
        role="log"
        aria-live="off"
        aria-label="Log lines, the newest below"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_PIXELS);
        }}
        style={{
          background: colorBackgroundCellShaded,
          borderRadius: borderRadiusInput,
          fontFamily: fontFamilyMonospace,
          fontSize: 13,
          lineHeight: 1.5,
        }}
      >
        {lines.map(({ number, line }) => (
          <LogLineRow key={number} line={line} />
        ))}
      </div>
      {!isAtEnd && (
        <Button
          variant="inline-link"
          iconName="angle-down"
          onClick={() => {
            setAtEnd(true);
            goToEnd();
          }}
        >
          To the newest line
        </Button>
      )}
    </>
  );
}
