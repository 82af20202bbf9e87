import Alert from "@cloudscape-design/components/alert";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

/** A secret that the server tells once and does not know again: to be copied now. */
export function ShownOnce({
  what,
  secret,
  children,
}: {
  /** Such as "link". */
  readonly what: string;
  readonly secret: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <SpaceBetween size="m">
      <Alert type="warning" header={`This ${what} is shown only now`}>
        {children}
      </Alert>
      <div className="any-text">
        <CopyToClipboard
          variant="inline"
          textToCopy={secret}
          copyButtonAriaLabel={`Copy the ${what}`}
          copySuccessText="Copied"
          copyErrorText="Could not copy; select it and copy it by hand"
        />
      </div>
    </SpaceBetween>
  );
}
