import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import { type ReactNode, useState } from "react";

/** The first of many rows, and below them what shows all. */
export function useFirst<Row>(
  rows: readonly Row[],
  count: number,
  what: string,
): { readonly shown: readonly Row[]; readonly footer: ReactNode } {
  const [showsAll, setShowsAll] = useState(false);
  if (showsAll || rows.length <= count) return { shown: rows, footer: undefined };
  const footer = (
    <Box textAlign="center">
      <Link
        variant="info"
        onFollow={() => {
          setShowsAll(true);
        }}
      >
        All {rows.length} {what}
      </Link>
    </Box>
  );
  return { shown: rows.slice(0, count), footer };
}
