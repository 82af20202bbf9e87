import { BaseEdge, type Edge, type EdgeProps } from "@xyflow/react";
import type { ReactNode } from "react";

import { type Point, wayPath } from "./way-path.ts";

export type WayEdgeData = Edge<{ readonly corners: readonly Point[] }, "way">;

/** A way of the graph; its label stands where it leaves its state. */
export function WayEdge({ data, label }: EdgeProps<WayEdgeData>): ReactNode {
  const { corners } = data!;
  const [from, to] = corners;
  return (
    <BaseEdge
      path={wayPath(corners)}
      label={label}
      labelX={(from!.x + to!.x) / 2}
      labelY={(from!.y + to!.y) / 2}
    />
  );
}
