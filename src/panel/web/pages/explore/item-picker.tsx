import Autosuggest from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";
import { type ReactNode, useState } from "react";

import type { EntityHit } from "../../../../schema/index.ts";
import { useSettled } from "../../forms/use-settled.ts";
import { counted } from "./entity-words.ts";
import { useHits } from "./use-explore.ts";

/** Chooses one of the items by typing. */
export function ItemPicker({
  chosen,
  onChoose,
}: {
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
}): ReactNode {
  const [text, setText] = useState(chosen ?? "");
  const settled = useSettled(text.trim());
  const hits = useHits("items", settled);
  const isWaiting = hits.isFetching || settled !== text.trim();
  return (
    <FormField label="Item" description="By id, or words of the title.">
      <Autosuggest
        value={text}
        options={(hits.data ?? []).map(optionOf)}
        filteringType="manual"
        statusType={hits.isError ? "error" : isWaiting ? "loading" : "finished"}
        loadingText="Searching …"
        errorText="The search did not work"
        recoveryText="Try again"
        onLoadItems={({ detail }) => {
          if (detail.samePage) void hits.refetch();
        }}
        empty="No item matches"
        enteredTextLabel={(value) => `The item with the id “${value}”`}
        placeholder="Type to search"
        clearAriaLabel="Clear"
        onChange={({ detail }) => {
          setText(detail.value);
          if (detail.value === "") onChoose(null);
        }}
        onSelect={({ detail }) => {
          onChoose(detail.value);
        }}
      />
    </FormField>
  );
}

function optionOf({ id, title, interactions }: EntityHit): {
  value: string;
  label: string;
  description: string;
} {
  const words = counted(interactions, "interaction");
  return {
    value: id,
    label: title ?? id,
    description: title === null ? words : `${id} · ${words}`,
  };
}
