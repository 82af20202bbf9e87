import "./dashboard.css";

import Alert from "@cloudscape-design/components/alert";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";

import type { DashboardDescription } from "../../../../schema/index.ts";
import { RequestError } from "../../api/client.ts";
import { useMay } from "../../api/session.tsx";
import { Ago } from "../../format/time.tsx";
import { dayWords } from "../../format/day.ts";
import { whole } from "../../format/numbers.ts";
import { Loaded } from "../../states/loaded.tsx";
import { ExportButtons } from "./export-buttons.tsx";
import { Headline } from "./headline.tsx";
import { MissingFigures } from "./missing-figures.tsx";
import { ModelTile } from "./model-tile.tsx";
import { NoFigures } from "./no-figures.tsx";
import { ScopeBar } from "./scope-bar.tsx";
import { rangeWords, scopeOf } from "./scope.ts";
import { TileSection } from "./tile-section.tsx";
import { sectionsOf } from "./sections.ts";
import { WeeklyReportsTile } from "./weekly-reports-tile.tsx";
import { useDescription } from "./use-kpi.ts";

/** What recommendations do for the business, every morning. */
export default function DashboardPage(): ReactNode {
  const description = useDescription();
  const { data, error } = description;
  const isEmpty = data === undefined && error instanceof RequestError && error.status === 404;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={
            data === undefined ? (
              "What customers do, and what recommendations have to do with it."
            ) : (
              <Origin of={data} />
            )
          }
          actions={data !== undefined && <ExportButtons description={data} />}
        >
          KPI dashboard
        </Header>
      }
    >
      {isEmpty ? (
        <NoFigures />
      ) : (
        <Loaded query={description} what="the dashboard">
          {(value) => <Dashboard description={value} />}
        </Loaded>
      )}
    </ContentLayout>
  );
}

function Dashboard({ description }: { readonly description: DashboardDescription }): ReactNode {
  const [address] = useSearchParams();
  const maySeeModels = useMay("viewer");
  const scope = scopeOf(address, description);
  return (
    <SpaceBetween size="l">
      <ScopeBar description={description} scope={scope} />
      {scope.problems.length > 0 && (
        <Alert type="warning" header="The address asks for what the data does not have">
          {scope.problems.join(" ")}
        </Alert>
      )}
      <MissingFigures missing={description.missing} />
      <Headline description={description} scope={scope} title={rangeWords(scope)} />
      {sectionsOf(description).map((section) => (
        <TileSection
          key={section.title}
          section={section}
          description={description}
          scope={scope}
        />
      ))}
      {maySeeModels && <ModelTile />}
      <WeeklyReportsTile />
    </SpaceBetween>
  );
}

/** What the figures are of. */
function Origin({ of }: { readonly of: DashboardDescription }): ReactNode {
  const { rows, firstDay, lastDay } = of;
  return (
    <>
      {whole(rows.interactions)} interactions of {whole(rows.users)} users with {whole(rows.items)}{" "}
      items
      {firstDay !== null && lastDay !== null && (
        <>
          , from {dayWords(firstDay)} to {dayWords(lastDay)}
        </>
      )}
      ; collected <Ago at={of.createdAt} />
    </>
  );
}
