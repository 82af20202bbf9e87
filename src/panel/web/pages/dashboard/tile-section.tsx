import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import type { DashboardDescription } from "../../../../schema/index.ts";
import type { Scope } from "./scope.ts";
import { isGrave, type Section } from "./sections.ts";
import { Tile } from "./tile.tsx";

/** Tiles that belong together, and what cannot be shown among them. */
export function TileSection({
  section: { title, tiles, absent },
  description,
  scope,
}: {
  readonly section: Section;
  readonly description: DashboardDescription;
  readonly scope: Scope;
}): ReactNode {
  return (
    <SpaceBetween size="s">
      <Header variant="h2">{title}</Header>
      {tiles.length > 0 && (
        <div className="dashboard-tiles-room">
          <div className="dashboard-tiles">
            {tiles.map(({ kpi, width }) => (
              <div key={kpi.id} className={width}>
                <Tile kpi={kpi} description={description} scope={scope} />
              </div>
            ))}
          </div>
        </div>
      )}
      {absent.map((one) => (
        <Box key={one.what} color="text-body-secondary">
          {isGrave(one) ? `Not available without ${one.what}: ` : "Not available: "}
          <strong>{one.titles.join(", ")}</strong>
          {isGrave(one) ? "." : `, because ${one.why}.`}
        </Box>
      ))}
    </SpaceBetween>
  );
}
