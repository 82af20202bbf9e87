import Box from "@cloudscape-design/components/box";
import FileDropzone from "@cloudscape-design/components/file-dropzone";
import FileInput from "@cloudscape-design/components/file-input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import { bytes } from "../../format/numbers.ts";
import { UploadList } from "./upload-list.tsx";
import type { Uploads } from "./use-uploads.ts";

/** Where files are dropped or chosen, and how far they are. */
export function UploadArea({
  uploads,
  roles,
  maxUploadBytes,
}: {
  readonly uploads: Uploads;
  readonly roles: readonly string[];
  readonly maxUploadBytes: number;
}): ReactNode {
  return (
    <SpaceBetween size="m">
      <FileDropzone
        onChange={({ detail }) => {
          uploads.add(detail.value);
        }}
      >
        <SpaceBetween size="xs" alignItems="center">
          <Box fontWeight="bold">Drop the raw files here, all at once</Box>
          <FileInput
            multiple
            value={[]}
            accept=".csv,.gz,.json"
            ariaLabel="Choose files: raw files"
            onChange={({ detail }) => {
              uploads.add(detail.value);
            }}
          >
            Choose files
          </FileInput>
          <Box color="text-body-secondary" fontSize="body-s" textAlign="center">
            A CSV may be packed with gzip. At most {bytes(maxUploadBytes)} a file; a file with the
            same name is replaced once the new one has arrived whole.
          </Box>
        </SpaceBetween>
      </FileDropzone>
      <UploadList uploads={uploads} roles={roles} />
    </SpaceBetween>
  );
}
