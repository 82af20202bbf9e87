import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { useHref, useNavigate } from "react-router";

/** A link to another page of the panel, without loading it anew. */
export function PageLink({
  to,
  variant = "primary",
  children,
}: {
  readonly to: string;
  readonly variant?: "primary" | "secondary";
  readonly children: ReactNode;
}): ReactNode {
  const navigate = useNavigate();
  return (
    <Link
      href={useHref(to)}
      variant={variant}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Link>
  );
}
