import "./models.css";

import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useParams } from "react-router";

import type { ModelSummary } from "../../../../schema/index.ts";
import { PageLink } from "../../shell/page-link.tsx";
import { Empty, Loaded } from "../../states/loaded.tsx";
import { ModelVerdict } from "./model-verdict.tsx";
import { MetricTable } from "./metric-table.tsx";
import { PromoteButton } from "./promote-button.tsx";
import { useModels } from "./use-models.ts";

/** One model: whether it is good, what the gate said, and the whole report. */
export default function ModelPage(): ReactNode {
  const { execution = "" } = useParams();
  const models = useModels();
  return (
    <Loaded query={models} what="the model">
      {(all) => {
        const model = all.find((one) => one.execution.name === execution);
        return model === undefined ? <Unknown execution={execution} /> : <Model model={model} />;
      }}
    </Loaded>
  );
}

function Model({ model }: { readonly model: ModelSummary }): ReactNode {
  const { name } = model.execution;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={
            <>
              How it ran is on{" "}
              <PageLink to={`/executions/core/${encodeURIComponent(name)}`}>
                its execution’s page
              </PageLink>
              .
            </>
          }
          actions={<PromoteButton model={model} />}
        >
          Model of {name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ModelVerdict model={model} />
        <MetricTable model={model} />
        <Report model={model} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Report({ model: { execution, hasReport } }: { readonly model: ModelSummary }): ReactNode {
  const address = `/panel/api/models/${encodeURIComponent(execution.name)}/report`;
  return (
    <Container
      disableContentPaddings={hasReport}
      header={
        <Header
          variant="h2"
          description="Every figure with its interval, the simple methods beside it, and examples."
          {...(hasReport
            ? {
                actions: (
                  <Link href={address} external externalIconAriaLabel="Opens in a new tab">
                    Open by itself
                  </Link>
                ),
              }
            : {})}
        >
          Evaluation report
        </Header>
      }
    >
      {hasReport ? (
        <iframe className="model-report" title="Evaluation report" src={address} />
      ) : (
        <Empty title="There is no report">It is no longer kept, or was never written.</Empty>
      )}
    </Container>
  );
}

function Unknown({ execution }: { readonly execution: string }): ReactNode {
  return (
    <ContentLayout header={<Header variant="h1">Model of {execution}</Header>}>
      <Container>
        <Empty title="There is no such model" action={<PageLink to="/models">All models</PageLink>}>
          “{execution}” is no core execution that has evaluated a model, or it is no longer kept.
        </Empty>
      </Container>
    </ContentLayout>
  );
}
