import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";
import Toggle from "@cloudscape-design/components/toggle";
import type { ReactNode } from "react";

import type { SettingField } from "../../../../schema/index.ts";
import { choiceWords, type Entry, entryOf } from "./draft-edit.ts";

/** What a setting of a kind is changed with. */
export function SettingControl({
  field,
  entry,
  isReadOnly,
  onChange,
}: {
  readonly field: SettingField;
  readonly entry: Entry;
  readonly isReadOnly: boolean;
  readonly onChange: (entry: Entry) => void;
}): ReactNode {
  const text = String(entry);
  const change = ({ detail }: { readonly detail: { readonly value: string } }): void => {
    onChange(detail.value);
  };
  const placeholder = String(entryOf(field, field.default)) || "not set";
  switch (field.kind) {
    case "boolean":
      return (
        <Toggle
          checked={entry === true}
          readOnly={isReadOnly}
          onChange={({ detail }) => {
            onChange(detail.checked);
          }}
        >
          {entry === true ? "On" : "Off"}
        </Toggle>
      );
    case "choice": {
      const options = (field.choices ?? []).map((value) => ({
        value,
        label: choiceWords(field, value),
      }));
      return (
        <Select
          selectedOption={options.find(({ value }) => value === text) ?? null}
          options={options}
          placeholder="not set"
          readOnly={isReadOnly}
          onChange={({ detail }) => {
            onChange(detail.selectedOption.value ?? "");
          }}
        />
      );
    }
    case "list":
      return (
        <Textarea
          value={text}
          rows={Math.min(6, Math.max(2, text.split("\n").length))}
          placeholder={placeholder}
          readOnly={isReadOnly}
          onChange={change}
        />
      );
    case "integer":
    case "number":
    case "text":
      return (
        <Input
          value={text}
          inputMode={field.kind === "text" ? "text" : "decimal"}
          placeholder={placeholder}
          readOnly={isReadOnly}
          spellcheck={false}
          onChange={change}
        />
      );
  }
}
