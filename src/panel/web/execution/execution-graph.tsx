import "@xyflow/react/dist/base.css";
import "./execution-graph.css";

import { ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { type ReactNode, useMemo } from "react";

import type { ExecutionView } from "../../../schema/index.ts";
import { NODE_HEIGHT, NODE_WIDTH, placeStates } from "./graph-layout.ts";
import { FIT, KeepFitted } from "./keep-fitted.tsx";
import { StateNode, type StateNodeData } from "./state-node.tsx";
import { stateTitle } from "./state-title.ts";
import { STATE_WORDS } from "./state-words.ts";
import { WayEdge, type WayEdgeData } from "./way-edge.tsx";

const NODE_TYPES = { state: StateNode };
const EDGE_TYPES = { way: WayEdge };
/** Around the graph, in pixels. */
const AIR = 40;

/** The workflow of an execution as a graph whose states turn green; a state is chosen by click or by keyboard. */
export default function ExecutionGraph({
  view,
  chosen,
  onChoose,
}: {
  readonly view: ExecutionView;
  readonly chosen: string | null;
  readonly onChoose: (state: string) => void;
}): ReactNode {
  const placed = useMemo(() => placeStates(view), [view]);
  const nodes = placed.states.map(({ name, x, y }): StateNodeData => {
    const standing = view.states.find(({ state }) => state === name)!;
    const title = stateTitle(name);
    return {
      id: name,
      type: "state",
      position: { x, y },
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
      selected: name === chosen,
      draggable: false,
      connectable: false,
      ariaLabel: `${title}: ${STATE_WORDS[standing.status].text}`,
      data: { title, standing },
    };
  });
  const edges = placed.ways.map(({ from, to, label, taken, corners, labelAt }): WayEdgeData => ({
    id: `${from}→${to}`,
    type: "way",
    source: from,
    target: to,
    label,
    focusable: false,
    className: taken ? "taken" : "not-taken",
    data: { corners, labelAt },
  }));
  const width = Math.max(...placed.states.map(({ x }) => x)) + NODE_WIDTH + AIR;
  const height = Math.max(...placed.states.map(({ y }) => y)) + NODE_HEIGHT + AIR;
  return (
    <div
      className="execution-graph"
      style={{ aspectRatio: `${width} / ${height}`, maxBlockSize: height }}
    >
      <ReactFlowProvider>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          fitView
          fitViewOptions={FIT}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          zoomOnScroll={false}
          preventScrolling={false}
          proOptions={{ hideAttribution: false }}
          onNodesChange={(changes) => {
            for (const change of changes) {
              if (change.type === "select" && change.selected) onChoose(change.id);
            }
          }}
        >
          <KeepFitted />
        </ReactFlow>
      </ReactFlowProvider>
    </div>
  );
}
