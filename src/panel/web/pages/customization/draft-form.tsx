import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { Customization, SettingField, StackName } from "../../../../schema/index.ts";
import { change, RequestError } from "../../api/client.ts";
import { useMay } from "../../api/session.tsx";
import { LeaveGuard } from "../../forms/leave-guard.tsx";
import { problemOfNoField } from "../../forms/problem-at.ts";
import { useNotify } from "../../shell/notifications.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { CustomizationLayout } from "./customization-layout.tsx";
import { useDraftEditor } from "./draft-editor.ts";
import { DraftProblems } from "./draft-problems.tsx";
import { SettingGroupForm } from "./setting-group-form.tsx";
import { controlIdOf } from "./setting-form-field.tsx";
import { StackTabs } from "./stack-tabs.tsx";

/** The draft: edit it, save it, or take the edits back. */
export function DraftForm({ loaded }: { readonly loaded: Customization }): ReactNode {
  const [stack, setStack] = useState<StackName>("collector");
  const queries = useQueryClient();
  const notify = useNotify();
  const save = useMutation({
    mutationFn: () =>
      change<Customization>("PUT", "/configuration", {
        draft: editor.draft,
        basedOn: editor.base.savedAt,
      }),
    onError: (error) => {
      editor.refuse(error instanceof RequestError ? error.fields : []);
    },
    onSuccess: async (saved) => {
      queries.setQueryData(["configuration"], saved);
      editor.reset();
      notify(
        "success",
        "Draft saved",
        <>
          It counts once it is deployed: <PageLink to="/serving-recipe">Serving Recipe</PageLink>.
        </>,
      );
      await queries.invalidateQueries({ queryKey: ["overview"] });
    },
  });
  const editor = useDraftEditor(loaded, useMay("operator"));
  const { base, changed } = editor;
  const forget = (): void => {
    save.reset();
    editor.reset();
  };
  const goTo = ({ path }: SettingField): void => {
    const group = base.groups.find((known) =>
      [...known.fields, ...known.more].some((field) => field.path === path),
    );
    if (group !== undefined && group.stack !== null) setStack(group.stack);
    // Once the tab with the field is drawn.
    setTimeout(() => document.getElementById(controlIdOf(path))?.focus());
  };
  const isConflict = save.error instanceof RequestError && save.error.status === 409;
  const trouble = problemOfNoField(save.error);
  return (
    <CustomizationLayout
      customization={base}
      changed={changed.length}
      isSaving={save.isPending}
      onUndo={forget}
      onSave={() => {
        save.mutate();
      }}
      isSendable={editor.isSendable}
    >
      <SpaceBetween size="l">
        {trouble !== undefined && (
          <Alert
            type="error"
            header="The draft was not saved"
            {...(isConflict
              ? {
                  action: (
                    <Button
                      onClick={() => {
                        forget();
                        void queries.invalidateQueries({ queryKey: ["configuration"] });
                      }}
                    >
                      Drop my changes and load theirs
                    </Button>
                  ),
                }
              : {})}
          >
            {trouble}
          </Alert>
        )}
        {base.warnings.map((words) => (
          <Alert key={words} type="warning">
            {words}
          </Alert>
        ))}
        <DraftProblems problems={editor.problems} groups={base.groups} onFollow={goTo} />
        {base.groups
          .filter((group) => group.stack === null)
          .map((group) => (
            <Container key={group.title} header={<Header variant="h2">{group.title}</Header>}>
              <SettingGroupForm group={group} editor={editor} />
            </Container>
          ))}
        <StackTabs editor={editor} active={stack} onChange={setStack} />
      </SpaceBetween>
      <LeaveGuard
        isNeeded={changed.length > 0}
        title="Leave without saving?"
        leave="Leave and lose the changes"
      >
        {changed.length === 1 ? "One setting is" : `${changed.length} settings are`} changed and not
        saved.
      </LeaveGuard>
    </CustomizationLayout>
  );
}
