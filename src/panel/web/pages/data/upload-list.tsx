import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";

import { bytes } from "../../format/numbers.ts";
import { duration } from "../../format/time.tsx";
import { rolesFor } from "./upload-name.ts";
import { paceOf, type Upload } from "./uploads.ts";
import type { Uploads } from "./use-uploads.ts";

/** The files that were chosen: how far each is, and what can be done with it. */
export function UploadList({
  uploads,
  roles,
}: {
  readonly uploads: Uploads;
  readonly roles: readonly string[];
}): ReactNode {
  if (uploads.list.length === 0) return null;
  return (
    <SpaceBetween size="s">
      {uploads.list.map((upload) => (
        <div key={upload.id} className="upload" role="group" aria-label={upload.file.name}>
          <div className="upload-words">
            <Standing upload={upload} roles={roles} uploads={uploads} />
          </div>
          <Actions upload={upload} uploads={uploads} />
        </div>
      ))}
    </SpaceBetween>
  );
}

function Standing({
  upload,
  roles,
  uploads,
}: {
  readonly upload: Upload;
  readonly roles: readonly string[];
  readonly uploads: Uploads;
}): ReactNode {
  const { file, name, state, problem, sentBytes } = upload;
  const title = name === null || name === file.name ? file.name : `${file.name} → ${name}`;
  switch (state) {
    case "unnamed":
      return (
        <FormField
          label={`What is ${file.name}?`}
          description="It does not have the name of a raw file. Say which it is to become."
        >
          <Select
            selectedOption={null}
            placeholder="Choose a raw file"
            options={rolesFor(file.name, roles).map((role) => ({ value: role, label: role }))}
            onChange={({ detail }) => {
              uploads.nameAs(upload, detail.selectedOption.value!);
            }}
          />
        </FormField>
      );
    case "sending": {
      const { share, secondsLeft } = paceOf(upload, Date.now());
      const left = secondsLeft === null ? "" : ` · ${duration(secondsLeft)} left`;
      return (
        <ProgressBar
          label={title}
          value={Math.round(share * 100)}
          additionalInfo={
            share === 1
              ? "Sent; the server is storing it"
              : `${bytes(sentBytes)} of ${bytes(file.size)}${left}`
          }
        />
      );
    }
    case "waiting":
      return <Line type="pending" title={title} words={`waiting · ${bytes(file.size)}`} />;
    case "stored":
      return <Line type="success" title={title} words={`stored · ${bytes(file.size)}`} />;
    case "cancelled":
      return <Line type="stopped" title={title} words="cancelled; nothing was changed" />;
    case "failed":
      return <Line type="error" title={title} words={problem ?? "failed"} />;
  }
}

function Line({
  type,
  title,
  words,
}: {
  readonly type: "pending" | "success" | "stopped" | "error";
  readonly title: string;
  readonly words: string;
}): ReactNode {
  return (
    <>
      <Box fontWeight="bold">{title}</Box>
      <StatusIndicator type={type}>{words}</StatusIndicator>
    </>
  );
}

function Actions({
  upload,
  uploads,
}: {
  readonly upload: Upload;
  readonly uploads: Uploads;
}): ReactNode {
  const { state, name, file } = upload;
  const isUnderWay = state === "sending" || state === "waiting";
  const canRetry = (state === "failed" || state === "cancelled") && name !== null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {isUnderWay && (
        <Button
          variant="inline-link"
          ariaLabel={`Cancel ${file.name}`}
          onClick={() => {
            uploads.cancel(upload);
          }}
        >
          Cancel
        </Button>
      )}
      {canRetry && (
        <Button
          variant="inline-link"
          ariaLabel={`Send again: ${file.name}`}
          onClick={() => {
            uploads.retry(upload);
          }}
        >
          Send again
        </Button>
      )}
      {!isUnderWay && (
        <Button
          variant="icon"
          iconName="close"
          ariaLabel={`Take ${file.name} off this list`}
          onClick={() => {
            uploads.dismiss(upload);
          }}
        />
      )}
    </SpaceBetween>
  );
}
