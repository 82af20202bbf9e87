import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { RawData } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
import { Ask } from "../../forms/ask.tsx";
import { problemAt, problemOfNoField } from "../../forms/problem-at.ts";

/** Takes the raw files over from a folder of the server's machine: nothing has to go through the browser. */
export function ImportFolder({
  onClose,
  onImported,
}: {
  readonly onClose: () => void;
  readonly onImported: (data: RawData) => void;
}): ReactNode {
  const [folder, setFolder] = useState("");
  const copying = useMutation({
    mutationFn: () => change<RawData>("POST", "/data/import", { folder: folder.trim() }),
    onSuccess: onImported,
  });
  return (
    <Ask
      title="Import a folder"
      action="Import"
      isBusy={copying.isPending}
      problem={undefined}
      refusal={folder.trim() === "" ? "Name the folder first." : null}
      onAction={() => {
        copying.mutate();
      }}
      onClose={onClose}
    >
      <FormField
        label="Folder"
        description="On the machine that the server runs on. The raw files in it are copied; nothing else of it is read."
        constraintText="From “/” on, such as /srv/exports/latest."
        errorText={problemAt(copying.error, "folder") ?? problemOfNoField(copying.error)}
      >
        <Input
          value={folder}
          autoFocus
          spellcheck={false}
          onChange={({ detail }) => {
            copying.reset();
            setFolder(detail.value);
          }}
        />
      </FormField>
    </Ask>
  );
}
