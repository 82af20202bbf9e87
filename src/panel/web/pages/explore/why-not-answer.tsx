import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import type { WhyNot } from "../../../../schema/index.ts";
import { whole } from "../../format/numbers.ts";
import { EntityLink } from "./entity-link.tsx";
import { ordinal, probabilityWords, titleOf } from "./entity-words.ts";
import { Reasons } from "./reasons.tsx";

/** An item's rank for a user, its probability, and the reason in words. */
export function WhyNotAnswer({
  answer: { itemId, rank, of, probability, seen, reason, explained },
}: {
  readonly answer: WhyNot;
}): ReactNode {
  const title = explained === null ? null : titleOf(itemId, explained.attributes);
  return (
    <div role="status">
      <SpaceBetween size="s">
        <Box variant="p">
          <EntityLink side="items" id={itemId} title={title} />: {reason}.
        </Box>
        <ColumnLayout columns={3} variant="text-grid" minColumnWidth={180}>
          <div>
            <Box variant="awsui-key-label">
              {seen ? "Rank among all items" : "Rank among the items new to the user"}
            </Box>
            <Box fontSize="heading-l" fontWeight="bold">
              {rank === null ? "unknown" : ordinal(rank)}
            </Box>
            <Box color="text-body-secondary" fontSize="body-s">
              of {whole(of)}
            </Box>
          </div>
          <div>
            <Box variant="awsui-key-label">Probability</Box>
            <Box fontSize="heading-l" fontWeight="bold">
              {probability === null ? "unknown" : probabilityWords(probability)}
            </Box>
          </div>
          <div>
            <Box variant="awsui-key-label">What speaks for it</Box>
            {explained === null ? "–" : <Reasons explained={explained} />}
          </div>
        </ColumnLayout>
      </SpaceBetween>
    </div>
  );
}
