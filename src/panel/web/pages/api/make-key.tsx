import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { MadeApiKey } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { Ask } from "../../forms/ask.tsx";
import { problemAt, problemOfNoField } from "../../forms/problem-at.ts";
import { ShownOnce } from "../../forms/shown-once.tsx";

/** Makes a key and shows it, once. */
export function MakeKey({
  onClose,
  onMade,
}: {
  readonly onClose: () => void;
  readonly onMade: (key: string) => void;
}): ReactNode {
  const [name, setName] = useState("");
  const queries = useQueryClient();
  const making = useMutation({
    mutationFn: () => change<MadeApiKey>("POST", "/keys", { name: name.trim() }),
    onSuccess: async ({ key }) => {
      onMade(key);
      await queries.invalidateQueries({ queryKey: ["keys"] });
    },
  });
  return (
    <Ask
      title="Make a key"
      action={making.isSuccess ? null : "Make the key"}
      back={making.isSuccess ? "Done" : "Cancel"}
      isBusy={making.isPending}
      problem={problemOfNoField(making.error)}
      refusal={name.trim() === "" ? "Name it first." : null}
      onAction={() => {
        making.mutate();
      }}
      onClose={onClose}
    >
      {making.isSuccess ? (
        <ShownOnce what="key" secret={making.data.key}>
          Give it to “{making.data.name}”, which sends it as X-API-Key with every request. The form
          on this page uses it until you leave.
        </ShownOnce>
      ) : (
        <FormField
          label="Name"
          description="Which application it is for."
          constraintText="1 to 64 characters."
          errorText={problemAt(making.error, "name")}
        >
          <Input
            value={name}
            autoFocus
            autoComplete="off"
            onChange={({ detail }) => {
              making.reset();
              setName(detail.value);
            }}
          />
        </FormField>
      )}
    </Ask>
  );
}
