import ColumnLayout from "@cloudscape-design/components/column-layout";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";

import type { SettingField, SettingGroup } from "../../../../schema/index.ts";
import type { DraftEditor } from "./draft-editor.ts";
import { differsFromDefault } from "./draft-edit.ts";
import { SettingFormField } from "./setting-form-field.tsx";

/** The fields of a group; those that few will need are folded away, and unfold when something is wrong there. */
export function SettingGroupForm({
  group: { title, fields, more },
  editor,
}: {
  readonly group: SettingGroup;
  readonly editor: DraftEditor;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const areWrong = more.some((field) => editor.problemOf(field) !== undefined);
  const set = more.filter((field) => differsFromDefault(field, editor.entryOf(field))).length;
  return (
    <SpaceBetween size="l">
      <Fields fields={fields} editor={editor} />
      {more.length > 0 && (
        <ExpandableSection
          headerText={`More settings of ${title}`}
          headerDescription={`${more.length} settings that have good defaults${set === 0 ? "" : `; ${set === 1 ? "1 differs" : `${set} differ`} from them`}`}
          expanded={isOpen || areWrong}
          onChange={({ detail }) => {
            setOpen(detail.expanded);
          }}
        >
          <Fields fields={more} editor={editor} />
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

function Fields({
  fields,
  editor,
}: {
  readonly fields: readonly SettingField[];
  readonly editor: DraftEditor;
}): ReactNode {
  return (
    <ColumnLayout columns={fields.length === 2 ? 2 : 3} minColumnWidth={200}>
      {fields.map((field) => (
        <SettingFormField key={field.path} field={field} editor={editor} />
      ))}
    </ColumnLayout>
  );
}
