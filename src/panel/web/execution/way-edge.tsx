import { BaseEdge, type Edge, type EdgeProps } from "@xyflow/react";
import type { ReactNode } from "react";

import { type Point, wayPath } from "./way-path.ts";

export type WayEdgeData = Edge<
  { readonly corners: readonly Point[]; readonly labelAt: Point | undefined },
  "way"
>;

/** A way of the graph, with its label. */
export function WayEdge({ data, label }: EdgeProps<WayEdgeData>): ReactNode {
  const { corners, labelAt } = data!;
  return (
    <BaseEdge
      path={wayPath(corners)}
      {...(labelAt === undefined ? {} : { label, labelX: labelAt.x, labelY: labelAt.y })}
    />
  );
}
