import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";

import type { ExplainedItem } from "../../../../schema/index.ts";
import { attributeName, counted, likenessWords, valueWords } from "./entity-words.ts";
import { EntityLink } from "./entity-link.tsx";

/** What speaks for an item: what of the history is like it, and what they have in common. */
export function Reasons({
  explained: { because, matches },
}: {
  readonly explained: Pick<ExplainedItem, "because" | "matches">;
}): ReactNode {
  if (because.length === 0 && matches.length === 0) {
    return (
      <Box color="text-body-secondary">
        There is no history that could explain it: newcomers get what is popular.
      </Box>
    );
  }
  return (
    <div className="explore-reasons">
      {because.length > 0 && (
        <ul aria-label="Of the history">
          {because.map(({ itemId, title, similarity }) => (
            <li key={itemId}>
              <span title={`Similarity ${similarity.toFixed(2)} of 1, by the model’s vectors`}>
                {likenessWords(similarity)}
              </span>{" "}
              <EntityLink side="items" id={itemId} title={title} />
            </li>
          ))}
        </ul>
      )}
      {matches.length > 0 && (
        <Box color="text-body-secondary" fontSize="body-s">
          In common with the history:{" "}
          {matches
            .map(
              ({ feature, value, historyItems }) =>
                `${valueWords(value)} (${attributeName(feature).toLowerCase()}, ${counted(historyItems, "item")})`,
            )
            .join(" · ")}
        </Box>
      )}
    </div>
  );
}
