import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { ReactNode } from "react";

import { attributeName, attributeWords } from "./entity-words.ts";

/** What is known of a user or an item. */
export function AttributeList({
  attributes,
  more,
}: {
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What is counted of it, before its attributes. */
  readonly more: readonly { readonly label: string; readonly value: ReactNode }[];
}): ReactNode {
  const known = Object.entries(attributes).map(([name, value]) => ({
    label: attributeName(name),
    value: attributeWords(value) ?? "–",
  }));
  return (
    <>
      <KeyValuePairs columns={4} minColumnWidth={150} items={[...more, ...known]} />
      {known.length === 0 && (
        <Box color="text-body-secondary" padding={{ top: "s" }}>
          Nothing else is known: the raw files give it no features.
        </Box>
      )}
    </>
  );
}
