import Autosuggest from "@cloudscape-design/components/autosuggest";
import type { ReactNode } from "react";

/** A name that is chosen from a list, or is a new one. */
export function OfferedName({
  value,
  offered,
  onChange,
}: {
  readonly value: string;
  readonly offered: readonly string[];
  readonly onChange: (value: string) => void;
}): ReactNode {
  return (
    <Autosuggest
      value={value}
      options={offered.map((name) => ({ value: name }))}
      enteredTextLabel={(text) => `A new one: ${text}`}
      empty="There is none yet"
      onChange={({ detail }) => {
        onChange(detail.value);
      }}
    />
  );
}
