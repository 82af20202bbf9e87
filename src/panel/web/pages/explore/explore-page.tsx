import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import FormField from "@cloudscape-design/components/form-field";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useEffect, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { RequestError } from "../../api/client.ts";
import { PageLink } from "../../shell/page-link.tsx";
import { Empty, Loaded } from "../../states/loaded.tsx";
import { useSettled } from "../../forms/use-settled.ts";
import { HitTable } from "./hit-table.tsx";
import { type Side, useHits } from "./use-explore.ts";

/** Finds a user or an item; what is looked for stands in the address. */
export default function ExplorePage(): ReactNode {
  const [address, setAddress] = useSearchParams();
  const side: Side = address.get("side") === "items" ? "items" : "users";
  const [text, setText] = useState(address.get("text") ?? "");
  const settled = useSettled(text.trim());
  const hits = useHits(side, settled);
  const isNothingServed = hits.error instanceof RequestError && hits.error.status === 404;
  const navigate = useNavigate();
  useEffect(() => {
    setAddress({ side, ...(settled === "" ? {} : { text: settled }) }, { replace: true });
    // The address follows what is looked for, not the other way round.
  }, [side, settled]);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="What is served now, one by one: what a customer gets and why, and who is likely to want an item."
        >
          Explore
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container>
          <SpaceBetween size="m">
            <SegmentedControl
              label="What to look for"
              selectedId={side}
              options={[
                { id: "users", text: "Users" },
                { id: "items", text: "Items" },
              ]}
              onChange={({ detail }) => {
                setAddress({ side: detail.selectedId, ...(text === "" ? {} : { text }) });
              }}
            />
            <FormField
              label={side === "users" ? "User" : "Item"}
              description={
                side === "users"
                  ? "By id, or name if there is one."
                  : "By id, or words of the title."
              }
              stretch
            >
              <Input
                type="search"
                value={text}
                autoFocus
                clearAriaLabel="Clear"
                placeholder="Type to search; Enter opens the first"
                onChange={({ detail }) => {
                  setText(detail.value);
                }}
                onKeyDown={({ detail }) => {
                  const first = hits.data?.[0];
                  if (detail.key !== "Enter" || first === undefined || settled !== text.trim())
                    return;
                  void navigate(`/explore/${side}/${encodeURIComponent(first.id)}`);
                }}
              />
            </FormField>
          </SpaceBetween>
        </Container>
        {isNothingServed ? (
          <Container>
            <Empty
              title="Nothing is served yet"
              action={<PageLink to="/serving-recipe">Serving Recipe</PageLink>}
            >
              Users and items can be explored once a core execution has made recommendations.
            </Empty>
          </Container>
        ) : (
          <Loaded query={hits} what={`the ${side}`}>
            {(found) => <HitTable side={side} text={settled} hits={found} />}
          </Loaded>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}
