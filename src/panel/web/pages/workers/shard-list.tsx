import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";

import type { RunningShard } from "../../../../schema/index.ts";
import { percent } from "../../format/numbers.ts";
import { stateTitle } from "../../execution/state-title.ts";
import { PageLink } from "../../shell/page-link.tsx";

/** What a worker has in hand. */
export function ShardList({ shards }: { readonly shards: readonly RunningShard[] }): ReactNode {
  if (shards.length === 0) return "–";
  return shards.map((shard) => (
    <div key={`${shard.execution} ${shard.step} ${shard.host}`}>
      {stateTitle(shard.step)} of{" "}
      <PageLink to={`/executions/${shard.workflow}/${encodeURIComponent(shard.execution)}`}>
        {shard.execution}
      </PageLink>
      <Box color="text-body-secondary" fontSize="body-s">
        {wordsOf(shard)}
      </Box>
    </div>
  ));
}

/** "Shard 2 of 3, score all pairs, 45 %". */
function wordsOf({ host, hosts, activity, done, total }: RunningShard): string {
  const part = hosts === 1 ? "whole step" : `shard ${host.replace("algo-", "")} of ${hosts}`;
  const isKnown = done !== undefined && total !== undefined && total > 0;
  const share = isKnown ? [percent(Math.min(1, done / total), 0)] : [];
  return [part, ...(activity === undefined ? [] : [activity]), ...share].join(", ");
}
