import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Skeleton from "@cloudscape-design/components/skeleton";
import { type ReactNode, useMemo, useState } from "react";

import type { DashboardDescription, KpiAnswer, KpiDescription } from "../../../../schema/index.ts";
import { csvName, tileCsv } from "./csv.ts";
import { download } from "./download.ts";
import { Explanation } from "./explanation.tsx";
import { Figure } from "./figure.tsx";
import type { Scope } from "./scope.ts";
import { sourceColors } from "./source-colors.ts";
import { TilePlot, type TileView } from "./tile-plot.tsx";
import { useKpi } from "./use-kpi.ts";
import { useWanted } from "./use-wanted.ts";

/** One KPI: its figure, its drawing or table, and what can be done with it. */
export function Tile({
  kpi,
  description: { execution, sources },
  scope,
}: {
  readonly kpi: KpiDescription;
  readonly description: DashboardDescription;
  readonly scope: Scope;
}): ReactNode {
  const [place, isWanted] = useWanted();
  const query = useKpi(kpi, execution, scope, isWanted);
  const [view, setView] = useState<TileView>("chart");
  const [isExplained, setExplained] = useState(false);
  const colors = useMemo(() => sourceColors(sources), [sources]);
  const { data: answer } = query;
  const ignored = ignoredFilters(kpi, scope);
  return (
    <Container
      fitHeight
      header={
        <div className="dashboard-tile-head">
          <Header variant="h3" {...(ignored === null ? {} : { description: ignored })}>
            {kpi.title}
          </Header>
          <TileMenu
            kpi={kpi}
            answer={answer}
            view={view}
            onView={setView}
            onExplain={() => {
              setExplained(true);
            }}
          />
        </div>
      }
    >
      <div ref={place} aria-busy={answer === undefined || query.isPlaceholderData}>
        {answer !== undefined ? (
          <TileBody
            kpi={kpi}
            answer={answer}
            view={view}
            colors={colors}
            isLate={query.isPlaceholderData}
          />
        ) : query.isError ? (
          <Alert
            type="error"
            header="Could not load this figure"
            action={<Button onClick={() => void query.refetch()}>Try again</Button>}
          >
            {query.error.message}
          </Alert>
        ) : (
          <Waiting />
        )}
      </div>
      {isExplained && (
        <Explanation
          kpi={kpi}
          answer={answer}
          execution={execution}
          onClose={() => {
            setExplained(false);
          }}
        />
      )}
    </Container>
  );
}

function TileBody({
  kpi,
  answer,
  view,
  colors,
  isLate,
}: {
  readonly kpi: KpiDescription;
  readonly answer: KpiAnswer;
  readonly view: TileView;
  readonly colors: ReadonlyMap<string, string>;
  readonly isLate: boolean;
}): ReactNode {
  if (answer.unavailable !== undefined) {
    return <Box color="text-body-secondary">Not available: {answer.unavailable}.</Box>;
  }
  return (
    <>
      <Figure kpi={kpi} answer={answer} size="heading-l" />
      <TilePlot kpi={kpi} answer={answer} view={view} colors={colors} isLate={isLate} />
    </>
  );
}

function TileMenu({
  kpi: { title, chart },
  answer,
  view,
  onView,
  onExplain,
}: {
  readonly kpi: KpiDescription;
  readonly answer: KpiAnswer | undefined;
  readonly view: TileView;
  readonly onView: (view: TileView) => void;
  readonly onExplain: () => void;
}): ReactNode {
  const other: TileView = view === "chart" ? "table" : "chart";
  const hasFigures = answer !== undefined && answer.unavailable === undefined;
  const isTableOnly = chart === "table" || chart === "number";
  return (
    <div className="not-on-paper">
      <ButtonDropdown
        variant="icon"
        ariaLabel={`${title}: more`}
        expandToViewport
        items={[
          { id: "explain", text: "How is this computed", iconName: "status-info" },
          ...(isTableOnly
            ? []
            : [
                {
                  id: "view",
                  text: other === "table" ? "Show as table" : "Show as chart",
                  iconName: other === "table" ? ("list-view" as const) : ("grid-view" as const),
                  disabled: !hasFigures,
                },
              ]),
          { id: "csv", text: "Export CSV", iconName: "download", disabled: !hasFigures },
        ]}
        onItemClick={({ detail: { id } }) => {
          if (id === "explain") onExplain();
          if (id === "view") onView(other);
          if (id === "csv" && answer !== undefined) {
            download(csvName(answer.id, answer), "text/csv", tileCsv(answer));
          }
        }}
      />
    </div>
  );
}

/** As high as what is to come. */
function Waiting(): ReactNode {
  return (
    <>
      <Skeleton variant="text-heading-l" width="40%" />
      <Skeleton variant="text-body-m" width="60%" />
      <Skeleton variant="text-body-s" width="60%" />
      <div className="dashboard-plot" />
    </>
  );
}

/** Says so where a filter is set that the KPI does not obey. */
function ignoredFilters({ filters }: KpiDescription, scope: Scope): string | null {
  const ignored = (["source", "category"] as const).filter(
    (name) => scope[name] !== null && !filters.includes(name),
  );
  return ignored.length === 0 ? null : `Not filtered by ${ignored.join(" or ")}`;
}
