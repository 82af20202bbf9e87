import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import {
  borderRadiusItem,
  colorBackgroundContainerContent,
  colorBackgroundControlDisabled,
  colorBorderDividerDefault,
  colorBorderItemFocused,
  colorBorderStatusError,
  colorBorderStatusInfo,
  colorBorderStatusSuccess,
  colorBorderStatusWarning,
} from "@cloudscape-design/design-tokens";
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

const EDGE_COLOURS: Readonly<Record<StateStanding["status"], string>> = {
  pending: colorBorderDividerDefault,
  running: colorBorderStatusInfo,
  succeeded: colorBorderStatusSuccess,
  failed: colorBorderStatusError,
  stopped: colorBorderStatusWarning,
  skipped: colorBorderDividerDefault,
};

/** A state of the graph: its name, how it stands, and while it runs how far it is. */
export function StateNode({ data, selected }: NodeProps<StateNodeData>): ReactNode {
  const { title, standing } = data;
  const { status, progress } = standing;
  const share = progress === null ? undefined : shareDone(progress);
  const seconds = secondsOf(standing);
  const isFaint = status === "skipped";
  return (
    <div
      style={{
        boxSizing: "border-box",
        inlineSize: NODE_WIDTH,
        blockSize: NODE_HEIGHT,
        padding: "8px 12px",
        background: colorBackgroundContainerContent,
        border: `1px solid ${selected ? colorBorderItemFocused : colorBorderDividerDefault}`,
        borderInlineStart: `4px solid ${EDGE_COLOURS[status]}`,
        borderRadius: borderRadiusItem,
        opacity: isFaint ? 0.55 : 1,
        overflow: "hidden",
        position: "relative",
      }}
    >
      <Handle type="target" position={Position.Top} isConnectable={false} style={HIDDEN} />
      <Box fontWeight="bold" fontSize="body-m">
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
        <div style={{ ...BAR, background: colorBackgroundControlDisabled }}>
          <div
            style={{
              blockSize: "100%",
              inlineSize: `${share * 100}%`,
              background: colorBorderStatusInfo,
            }}
          />
        </div>
      )}
      <Handle type="source" position={Position.Bottom} isConnectable={false} style={HIDDEN} />
    </div>
  );
}

const HIDDEN = { opacity: 0, pointerEvents: "none" } as const;
const BAR = { position: "absolute", insetInline: 0, insetBlockEnd: 0, blockSize: 4 } as const;
