import "./data.css";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useState } from "react";

import type { RawData, RawFile } from "../../../../schema/index.ts";
import { useMay } from "../../api/session.tsx";
import { LeaveGuard } from "../../forms/leave-guard.tsx";
import { RoleButton } from "../../forms/role-button.tsx";
import { sentence } from "../../format/sentence.ts";
import { useNotify } from "../../shell/notifications.tsx";
import { CheckSection } from "./check-section.tsx";
import { DescriptionSection, type Side } from "./description-section.tsx";
import { FilePreview } from "./file-preview.tsx";
import { ImportFolder } from "./import-folder.tsx";
import { RawFileTable } from "./raw-file-table.tsx";
import { RemoveFile } from "./remove-file.tsx";
import { UploadArea } from "./upload-area.tsx";
import { areUploading } from "./uploads.ts";
import { useUploads } from "./use-uploads.ts";

type Opened = { readonly dialog: "preview" | "remove"; readonly file: RawFile } | "import" | null;

/** Files, their descriptions, and the checks, one below the other: the order in which they are done. */
export function RawDataView({ data }: { readonly data: RawData }): ReactNode {
  const { files, locked } = data;
  const [opened, setOpened] = useState<Opened>(null);
  const [edited, setEdited] = useState<readonly Side[]>([]);
  const notify = useNotify();
  const queries = useQueryClient();
  const isOperator = useMay("operator");
  const take = (changed: RawData): void => {
    queries.setQueryData(["data"], changed);
    // What was made from the files that stood there before.
    void queries.invalidateQueries({ queryKey: ["data", "preview"] });
    void queries.invalidateQueries({ queryKey: ["data", "description"] });
    void queries.invalidateQueries({ queryKey: ["overview"] });
  };
  const uploads = useUploads(data, take);
  const close = (): void => {
    setOpened(null);
  };
  const onEdited = useCallback((side: Side, isEdited: boolean) => {
    setEdited((sides) => [...sides.filter((known) => known !== side), ...(isEdited ? [side] : [])]);
  }, []);
  const csvOf = (role: string): string | undefined =>
    files.find((file) => file.role === role && file.present)?.name;
  const items = csvOf("item_features.csv");
  const users = csvOf("user_features.csv");
  const isUploading = areUploading(uploads.list);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="The files that everything is made from: interactions, items and, if you have them, users."
        >
          Data
        </Header>
      }
    >
      <SpaceBetween size="l">
        {locked !== null && (
          <Alert type="info" header="The files cannot be changed now">
            {sentence(locked)}
          </Alert>
        )}
        <Container
          header={
            <Header
              variant="h2"
              description={
                <Box variant="span" color="inherit">
                  They lie in {data.folder}
                </Box>
              }
              actions={
                <RoleButton
                  role="operator"
                  refusal={locked}
                  onClick={() => {
                    setOpened("import");
                  }}
                >
                  Import a folder
                </RoleButton>
              }
            >
              Raw files
            </Header>
          }
        >
          <SpaceBetween size="l">
            {isOperator && locked === null && (
              <UploadArea
                uploads={uploads}
                roles={[...new Set(files.map(({ role }) => role))]}
                maxUploadBytes={data.maxUploadBytes}
              />
            )}
            <RawFileTable
              files={files}
              locked={locked}
              onPreview={(file) => {
                setOpened({ dialog: "preview", file });
              }}
              onRemove={(file) => {
                setOpened({ dialog: "remove", file });
              }}
            />
          </SpaceBetween>
        </Container>
        {items !== undefined && (
          <DescriptionSection side="items" csv={items} locked={locked} onEdited={onEdited} />
        )}
        {users !== undefined && (
          <DescriptionSection side="users" csv={users} locked={locked} onEdited={onEdited} />
        )}
        <CheckSection data={data} />
      </SpaceBetween>
      {opened === "import" && (
        <ImportFolder
          onClose={close}
          onImported={(changed) => {
            take(changed);
            close();
            notify("success", "The raw files were copied");
          }}
        />
      )}
      {opened !== null && opened !== "import" && opened.dialog === "preview" && (
        <FilePreview name={opened.file.name} onClose={close} />
      )}
      {opened !== null && opened !== "import" && opened.dialog === "remove" && (
        <RemoveFile
          file={opened.file}
          onClose={close}
          onRemoved={(changed) => {
            take(changed);
            close();
          }}
        />
      )}
      <LeaveGuard
        isNeeded={isUploading || edited.length > 0}
        title={isUploading ? "Leave while files are being sent?" : "Leave without saving?"}
        leave={isUploading ? "Leave and stop sending" : "Leave and lose the changes"}
      >
        {isUploading
          ? "What has not arrived whole is dropped; the files that stood there before stay."
          : "The description is changed and not saved."}
      </LeaveGuard>
    </ContentLayout>
  );
}
