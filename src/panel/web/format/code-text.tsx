import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import {
  borderRadiusInput,
  colorBackgroundCellShaded,
  colorTextBodyDefault,
  fontFamilyMonospace,
} from "@cloudscape-design/design-tokens";
import type { ReactNode } from "react";

/** Text for machines, to read and to copy. It scrolls by itself, with the keyboard too. */
export function CodeText({
  text,
  label,
  shown = text,
}: {
  /** What is copied. */
  readonly text: string;
  readonly label: string;
  /** What is shown, where that is less. */
  readonly shown?: string;
}): ReactNode {
  return (
    <div>
      <CopyToClipboard
        variant="inline"
        textToCopy={text}
        textToDisplay="Copy"
        copyButtonAriaLabel={`Copy: ${label}`}
        copySuccessText="Copied"
        copyErrorText="Could not copy"
      />
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        style={{
          margin: 0,
          padding: 12,
          maxBlockSize: 480,
          overflow: "auto",
          color: colorTextBodyDefault,
          background: colorBackgroundCellShaded,
          borderRadius: borderRadiusInput,
          fontFamily: fontFamilyMonospace,
          fontSize: 13,
          lineHeight: 1.5,
        }}
      >
        {shown}
      </pre>
    </div>
  );
}
