import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import { useMay, useSession } from "../../api/session.tsx";
import { AuditLog } from "./audit-log.tsx";
import { OwnPassword } from "./own-password.tsx";
import { People } from "./people.tsx";

/** One's own password; for admins also who may come in, and who did what. */
export default function AccessPage(): ReactNode {
  const { name, role, dashboardOnly } = useSession();
  // On the dashboard's own port there is only what is one's own (A26).
  const isAdmin = useMay("admin") && !dashboardOnly;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={`You are logged in as ${name}, with the role ${role}.`}>
          Access
        </Header>
      }
    >
      <SpaceBetween size="l">
        {isAdmin && <People />}
        <OwnPassword />
        {isAdmin && <AuditLog />}
      </SpaceBetween>
    </ContentLayout>
  );
}
