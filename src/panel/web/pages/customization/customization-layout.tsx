import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import type { Customization } from "../../../../schema/index.ts";
import { RoleButton } from "../../forms/role-button.tsx";
import { Ago } from "../../format/time.tsx";

/** The page around the draft: how it stands, and saving or undoing, above it and below it. */
export function CustomizationLayout({
  customization: { savedAt, savedBy },
  changed,
  isSendable,
  isSaving,
  onSave,
  onUndo,
  children,
}: {
  readonly customization: Customization;
  /** Settings that are changed and not saved. */
  readonly changed: number;
  /** Is there nothing that the server could not even read? */
  readonly isSendable: boolean;
  readonly isSaving: boolean;
  readonly onSave: () => void;
  readonly onUndo: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const actionsOf = (variant: "primary" | "normal"): ReactNode => (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <Box color="text-body-secondary" fontSize="body-s">
        {standing(changed)}
      </Box>
      <Button disabled={changed === 0 || isSaving} onClick={onUndo}>
        Undo changes
      </Button>
      <RoleButton
        role="operator"
        variant={variant}
        loading={isSaving}
        refusal={refusalOf(changed, isSendable)}
        onClick={onSave}
      >
        Save draft
      </RoleButton>
    </SpaceBetween>
  );
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={
            savedAt === null ? (
              "How the three stacks are to work. Nothing has been changed yet: the defaults count."
            ) : (
              <>
                How the three stacks are to work. The draft was saved <Ago at={savedAt} /> by{" "}
                {savedBy}.
              </>
            )
          }
          actions={actionsOf("primary")}
        >
          Customization
        </Header>
      }
    >
      <SpaceBetween size="l">
        {children}
        {/* At the end of a long form too, once there is something to save. */}
        {changed > 0 && <Box float="right">{actionsOf("normal")}</Box>}
      </SpaceBetween>
    </ContentLayout>
  );
}

function standing(changed: number): string {
  if (changed === 0) return "No unsaved changes";
  return changed === 1 ? "1 unsaved change" : `${changed} unsaved changes`;
}

function refusalOf(changed: number, isSendable: boolean): string | null {
  if (changed === 0) return "Nothing is changed.";
  return isSendable ? null : "Mend what is wrong first.";
}
