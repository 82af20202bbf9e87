import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import type { ReactNode } from "react";

import { sentence } from "../../format/sentence.ts";

/** A name or a password, typed or filled in by the browser. */
export function DoorField({
  label,
  value,
  kind,
  hint,
  problem,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly kind: "username" | "current-password" | "new-password";
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly onChange: (value: string) => void;
}): ReactNode {
  return (
    <FormField
      label={label}
      // What is wrong says what the hint does.
      {...(problem === undefined
        ? hint === undefined
          ? {}
          : { constraintText: hint }
        : { errorText: sentence(problem) })}
    >
      <Input
        type={kind === "username" ? "text" : "password"}
        value={value}
        autoFocus={kind === "username"}
        autoComplete={kind}
        onChange={({ detail }) => {
          onChange(detail.value);
        }}
      />
    </FormField>
  );
}
