import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";

import "./door.css";

/** The page outside: one form in the middle, nothing else. */
export function Door({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <main className="door">
      <div className="door-form">
        <Box textAlign="center" padding={{ bottom: "l" }}>
          <img src="/icon.svg" alt="" width="48" height="48" />
          <Box variant="h1" padding={{ top: "xs" }}>
            RecSys
          </Box>
          <Box color="text-body-secondary">Recommendations that a business can trust</Box>
        </Box>
        {children}
      </div>
    </main>
  );
}
