import FormField from "@cloudscape-design/components/form-field";
import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";

import type { SettingField } from "../../../../schema/index.ts";
import { Marked } from "../../format/marked.tsx";
import type { DraftEditor } from "./draft-editor.ts";
import { choiceWords, differsFromDefault, type Entry, entryOf } from "./draft-edit.ts";
import { GivenName } from "./given-name.tsx";
import { OfferedName } from "./offered-name.tsx";
import { SettingControl } from "./setting-control.tsx";
import { isNamed, useOffered } from "./use-offered.ts";

/** One setting: its name, what it means, its value, and what is wrong with it. */
export function SettingFormField({
  field,
  editor,
}: {
  readonly field: SettingField;
  readonly editor: DraftEditor;
}): ReactNode {
  const { path, label, description } = field;
  const origin = editor.fixed[path];
  const entry = editor.entryOf(field);
  const isReadOnly = origin !== undefined || !editor.mayEdit;
  const offered = useOffered(path);
  const change = (changed: Entry): void => {
    editor.edit(field, changed);
  };
  return (
    <FormField
      label={label}
      description={<Marked text={description} />}
      constraintText={origin === undefined ? constraintOf(field) : `Fixed: ${origin}.`}
      errorText={editor.problemOf(field)}
      controlId={controlIdOf(path)}
      stretch
      {...(!isReadOnly && differsFromDefault(field, entry)
        ? {
            info: (
              <Link
                variant="info"
                ariaLabel={`Reset ${label} to its default`}
                onFollow={() => {
                  editor.edit(field, entryOf(field, field.default));
                }}
              >
                Reset
              </Link>
            ),
          }
        : {})}
    >
      {offered === undefined || !isNamed(path) ? (
        <SettingControl field={field} entry={entry} isReadOnly={isReadOnly} onChange={change} />
      ) : isReadOnly ? (
        <GivenName path={path} given={String(entry)} offered={offered} />
      ) : (
        <OfferedName value={String(entry)} offered={offered} onChange={change} />
      )}
    </FormField>
  );
}

/** The id by which a setting's control is found, such as to put the cursor there. */
export function controlIdOf(path: string): string {
  return `setting-${path}`;
}

function constraintOf(field: SettingField): string {
  const standard = choiceWords(field, String(entryOf(field, field.default))).replaceAll("\n", ", ");
  const inWords =
    field.kind === "boolean" ? (field.default === true ? "on" : "off") : standard || "not set";
  const says = field.kind === "choice" || field.kind === "boolean" ? "" : sentence(field);
  return `${says}Default: ${inWords}.`;
}

function sentence({ expectation, kind }: SettingField): string {
  // Of plain text there is nothing to say but that it is text.
  if (expectation.startsWith("text")) return "";
  const manner = kind === "list" ? ", one a line" : "";
  return `${expectation.charAt(0).toUpperCase()}${expectation.slice(1)}${manner}. `;
}
