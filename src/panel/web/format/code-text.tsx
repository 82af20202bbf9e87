import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
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
      <pre className="code-text shaded" tabIndex={0} role="region" aria-label={label}>
        {shown}
      </pre>
    </div>
  );
}
