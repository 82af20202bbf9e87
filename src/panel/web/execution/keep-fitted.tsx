import { type FitViewOptions, useReactFlow, useStore } from "@xyflow/react";
import { type ReactNode, useEffect } from "react";

/** The whole graph is shown, and never larger than it is drawn. */
export const FIT: FitViewOptions = { padding: 0.04, maxZoom: 1 };

/**
 * Fits the graph of the flow around it into its place again whenever that has another size: it is measured before the page
 * has found its columns, and a window may be made narrower.
 */
export function KeepFitted(): ReactNode {
  const { fitView } = useReactFlow();
  const width = useStore((flow) => flow.width);
  const height = useStore((flow) => flow.height);
  useEffect(() => {
    void fitView(FIT);
  }, [fitView, width, height]);
  return null;
}
