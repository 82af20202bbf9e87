import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import {
  borderRadiusInput,
  colorBackgroundCellShaded,
  fontFamilyMonospace,
} from "@cloudscape-design/design-tokens";
import type { ReactNode } from "react";

/** A value as indented JSON, to read and to copy. */
export function JsonText({
  value,
  label,
}: {
  readonly value: unknown;
  readonly label: string;
}): ReactNode {
  const text = JSON.stringify(value, null, 2);
  return (
    <div>
      <CopyToClipboard
        variant="inline"
        copyButtonAriaLabel={`Copy: ${label}`}
        copyErrorText="Could not copy"
        copySuccessText="Copied"
        textToCopy={text}
        textToDisplay="Copy"
      />
      <pre
        tabIndex={0}
        aria-label={label}
        style={{
          margin: 0,
          padding: 12,
          maxBlockSize: 420,
          overflow: "auto",
          background: colorBackgroundCellShaded,
          borderRadius: borderRadiusInput,
          fontFamily: fontFamilyMonospace,
          fontSize: 13,
          lineHeight: 1.5,
        }}
      >
        {text}
      </pre>
    </div>
  );
}
