import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";

import { Empty, Loaded } from "../../states/loaded.tsx";
import { MetricPanel } from "./metric-panel.tsx";
import { ModelTable } from "./model-table.tsx";
import { useModels } from "./use-models.ts";

/** What was trained, how good it is, and what became of it. */
export default function ModelsPage(): ReactNode {
  const models = useModels();
  const navigate = useNavigate();
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Every core execution trains a model and measures it on what it has not seen. The gate serves it only if it is good enough."
        >
          Models
        </Header>
      }
    >
      <Loaded query={models} what="the models">
        {(all) =>
          all.length === 0 ? (
            <Container>
              <Empty
                title="There is no model yet"
                action={
                  <Button
                    variant="primary"
                    onClick={() => {
                      void navigate("/serving-recipe");
                    }}
                  >
                    Serving Recipe
                  </Button>
                }
              >
                Execute the core: its model stands here as soon as it has been evaluated.
              </Empty>
            </Container>
          ) : (
            <SpaceBetween size="l">
              <MetricPanel models={all} />
              <ModelTable models={all} />
            </SpaceBetween>
          )
        }
      </Loaded>
    </ContentLayout>
  );
}
