import Alert from "@cloudscape-design/components/alert";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useState } from "react";

import { givenWords } from "./given-words.ts";
import type { NamedPath } from "./use-offered.ts";

/** A name that the server was started with: whoever would have another is told how to go over to it. */
export function GivenName({
  path,
  given,
  offered,
}: {
  readonly path: NamedPath;
  readonly given: string;
  readonly offered: readonly string[];
}): ReactNode {
  const [chosen, setChosen] = useState(given);
  const options = [...new Set([given, ...offered])].map((value) => ({ value, label: value }));
  return (
    <SpaceBetween size="xs">
      <Select
        selectedOption={options.find(({ value }) => value === chosen) ?? null}
        options={options}
        filteringType="auto"
        onChange={({ detail }) => {
          setChosen(detail.selectedOption.value ?? given);
        }}
      />
      {chosen !== given && (
        <Alert
          type="info"
          dismissible
          i18nStrings={{ dismissAriaLabel: `Stay with ${given}` }}
          onDismiss={() => {
            setChosen(given);
          }}
        >
          {givenWords(path, given, chosen)}
        </Alert>
      )}
    </SpaceBetween>
  );
}
