import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import type { ReactNode } from "react";

import type { Role } from "../../../schema/index.ts";
import { useMay, useSession } from "../api/session.tsx";
import { sentence } from "../format/sentence.ts";

/** A button for those with a role; the others see it, and why it is not for them. */
export function RoleButton({
  role,
  refusal = null,
  ...button
}: ButtonProps & {
  readonly role: Role;
  /** Why nobody can press it now; `null` when it can be. */
  readonly refusal?: string | null;
}): ReactNode {
  const isAllowed = useMay(role);
  const { role: held } = useSession();
  const reason = isAllowed
    ? refusal === null
      ? null
      : sentence(refusal)
    : `This needs the role ${role}; yours is ${held}.`;
  return (
    <Button {...button} {...(reason === null ? {} : { disabled: true, disabledReason: reason })} />
  );
}
