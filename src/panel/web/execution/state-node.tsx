import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import type { ReactNode } from "react";

import type { StateStanding } from "../../../schema/index.ts";
import { duration } from "../format/time.tsx";
import { NODE_HEIGHT, NODE_WIDTH } from "./graph-layout.ts";
import { progressWords, secondsOf, shareDone, STATE_WORDS } from "./state-words.ts";

export type StateNodeData = Node<
  { readonly title: string; readonly standing: StateStanding },
  "state"
>;

/** A state of the graph: its name, how it stands, and while it runs how far it is. */
export function StateNode({ data, selected }: NodeProps<StateNodeData>): ReactNode {
  const { title, standing } = data;
  const { status, progress } = standing;
  const share = progress === null ? undefined : shareDone(progress);
  const seconds = secondsOf(standing);
  return (
    <div
      className={`state-node ${status}${selected ? " chosen" : ""}`}
      style={{ inlineSize: NODE_WIDTH, blockSize: NODE_HEIGHT }}
    >
      <Handle type="target" position={Position.Top} isConnectable={false} style={HIDDEN} />
      <Box
        fontWeight="bold"
        fontSize="body-m"
        color={status === "skipped" ? "text-status-inactive" : "inherit"}
      >
        {title}
      </Box>
      <Box fontSize="body-s">
        <StatusIndicator type={STATE_WORDS[status].type}>
          {status === "running" && progress !== null
            ? (progressWords(progress).at(-1) ?? progress.activity)
            : STATE_WORDS[status].text}
          {status === "succeeded" && seconds !== undefined && seconds >= 1
            ? ` · ${duration(seconds)}`
            : ""}
        </StatusIndicator>
      </Box>
      {share !== undefined && status === "running" && (
        <div className="state-bar">
          <div style={{ inlineSize: `${share * 100}%` }} />
        </div>
      )}
      <Handle type="source" position={Position.Bottom} isConnectable={false} style={HIDDEN} />
    </div>
  );
}

const HIDDEN = { opacity: 0, pointerEvents: "none" } as const;
