import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import type { RawData } from "../../../../schema/index.ts";
import { change } from "../../api/client.ts";
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
    <Modal
      visible
      header="Import a folder"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              loading={copying.isPending}
              disabled={folder.trim() === ""}
              disabledReason="Name the folder first."
              onClick={() => {
                copying.mutate();
              }}
            >
              Import
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (folder.trim() !== "") copying.mutate();
        }}
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
      </form>
    </Modal>
  );
}
