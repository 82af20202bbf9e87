import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";

/** Words in which `backticks` mark what is to be read as code. */
export function Marked({ text }: { readonly text: string }): ReactNode {
  return text.split("`").map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      <Box key={index} variant="code" display="inline" color="inherit">
        {piece}
      </Box>
    ),
  );
}
