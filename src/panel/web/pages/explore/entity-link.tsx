import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";

import { PageLink } from "../../shell/page-link.tsx";
import type { Side } from "./use-explore.ts";

/** A user or an item by its title, with its id beside it; leads to its page. */
export function EntityLink({
  side,
  id,
  title,
}: {
  readonly side: Side;
  readonly id: string;
  readonly title: string | null;
}): ReactNode {
  const hasTitle = title !== null && title !== id;
  return (
    <>
      <PageLink to={`/explore/${side}/${encodeURIComponent(id)}`}>{hasTitle ? title : id}</PageLink>
      {hasTitle && (
        <Box variant="span" color="text-body-secondary" fontSize="body-s">
          {" "}
          {id}
        </Box>
      )}
    </>
  );
}
