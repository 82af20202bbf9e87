import Box from "@cloudscape-design/components/box";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import type { ReactNode } from "react";

import type { SettingGroup, StackName } from "../../../../schema/index.ts";
import { STACK_TITLES } from "../../../../words/index.ts";
import type { DraftEditor } from "./draft-editor.ts";
import { EstimateCard } from "./estimate-card.tsx";
import { SettingGroupForm } from "./setting-group-form.tsx";

/** A tab for each stack (Q103, Q104), and beside it what an execution would take. */
export function StackTabs({
  editor,
  active,
  onChange,
}: {
  readonly editor: DraftEditor;
  readonly active: StackName;
  readonly onChange: (stack: StackName) => void;
}): ReactNode {
  const { groups, estimates } = editor.base;
  const stacks = [...new Set(groups.flatMap(({ stack }) => stack ?? []))];
  return (
    <Grid gridDefinition={[{ colspan: { default: 12, s: 8 } }, { colspan: { default: 12, s: 4 } }]}>
      <Tabs
        variant="container"
        activeTabId={active}
        onChange={({ detail }) => {
          onChange(detail.activeTabId as StackName);
        }}
        tabs={stacks.map((stack) => {
          const own = groups.filter((group) => group.stack === stack);
          return {
            id: stack,
            label: labelOf(stack, own, editor),
            content: <Groups groups={own} editor={editor} />,
          };
        })}
      />
      <EstimateCard stack={active} estimates={estimates} isOutOfDate={editor.changed.length > 0} />
    </Grid>
  );
}

function Groups({
  groups,
  editor,
}: {
  readonly groups: readonly SettingGroup[];
  readonly editor: DraftEditor;
}): ReactNode {
  return (
    <SpaceBetween size="xl">
      {groups.map((group) => (
        // Three groups have an "Instance type": which one's it is, is told with it.
        <div key={group.title} role="group" aria-label={group.title}>
          <SpaceBetween size="s">
            <Header variant="h2">{group.title}</Header>
            <SettingGroupForm group={group} editor={editor} />
          </SpaceBetween>
        </div>
      ))}
    </SpaceBetween>
  );
}

function labelOf(
  stack: StackName,
  groups: readonly SettingGroup[],
  editor: DraftEditor,
): ReactNode {
  const wrong = groups
    .flatMap(({ fields, more }) => [...fields, ...more])
    .filter((field) => editor.problemOf(field) !== undefined).length;
  if (wrong === 0) return STACK_TITLES[stack];
  return (
    <>
      {STACK_TITLES[stack]}{" "}
      <Box color="text-status-error" display="inline">
        ({wrong} to mend)
      </Box>
    </>
  );
}
