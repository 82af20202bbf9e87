import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { Overview } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { useMay } from "../../api/session.tsx";
import { PageLink } from "../../shell/page-link.tsx";
import { Loaded } from "../../states/loaded.tsx";
import { ApiKeys } from "./api-keys.tsx";
import { useKeyRule } from "./key-rule.ts";
import { METHODS } from "./methods.ts";
import { TryMethod } from "./try-method.tsx";

/** The REST API: its addresses, a form to try it, code to copy, keys (Step 17). */
export default function ApiPage(): ReactNode {
  const overview = useQuery({
    queryKey: ["overview"],
    queryFn: ({ signal }) => read<Overview>("/overview", signal),
  });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Recommendations for your own applications, by HTTP GET or POST."
          actions={
            <Button href="/docs" target="_blank" iconName="external" iconAlign="right">
              Reference
            </Button>
          }
        >
          API
        </Header>
      }
    >
      <Loaded query={overview} what="the API">
        {(value) => <Api overview={value} />}
      </Loaded>
    </ContentLayout>
  );
}

function Api({ overview: { stacks, invokeUrl } }: { readonly overview: Overview }): ReactNode {
  const [apiKey, setApiKey] = useState("");
  const responder = stacks.find(({ stack }) => stack === "responder");
  const isDeployed = responder !== undefined && responder.state !== "absent";
  const rule = useKeyRule(isDeployed);
  const isAdmin = useMay("admin");
  return (
    <SpaceBetween size="l">
      {!isDeployed && (
        <Alert type="info" header="The Responder Stack is not deployed, so nothing answers yet">
          Deploy it in the <PageLink to="/serving-recipe">Serving Recipe</PageLink>; the addresses
          are these from then on.
        </Alert>
      )}
      <Tabs
        variant="container"
        tabs={METHODS.map((method) => ({
          id: method.type,
          label: method.path,
          content: (
            <TryMethod
              method={method}
              invokeUrl={invokeUrl}
              areKeysRequired={rule.data === true}
              apiKey={apiKey}
              onKeyChange={setApiKey}
            />
          ),
        }))}
      />
      <ApiKeys
        isRequired={isDeployed ? (rule.data ?? null) : null}
        isAdmin={isAdmin}
        onMade={setApiKey}
      />
    </SpaceBetween>
  );
}
