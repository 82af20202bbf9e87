import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import type { ApiError } from "../../../../schema/index.ts";
import type { Call, Method } from "./methods.ts";

/** The parameters of a call, and the button that makes it. */
export function CallForm({
  method,
  call,
  apiKey,
  problem,
  isCalling,
  onChange,
  onKeyChange,
  onCall,
}: {
  readonly method: Method;
  readonly call: Call;
  readonly apiKey: string;
  /** What the API found wrong with the last call. */
  readonly problem: ApiError["error"] | null;
  readonly isCalling: boolean;
  readonly onChange: (change: Partial<Call>) => void;
  readonly onKeyChange: (key: string) => void;
  readonly onCall: () => void;
}): ReactNode {
  const problemAt = (parameter: string): string | undefined =>
    problem?.parameter === parameter ? problem.message : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onCall();
      }}
    >
      <SpaceBetween size="m">
        <ColumnLayout columns={3} minColumnWidth={200}>
          <FormField
            label={method.idsLabel}
            constraintText='id_list: 10,20 or ["a","b, c"]'
            errorText={problemAt("id_list")}
          >
            <Input
              value={call.ids}
              spellcheck={false}
              onChange={({ detail }) => {
                onChange({ ids: detail.value });
              }}
            />
          </FormField>
          <FormField
            label="Recommendations for each"
            constraintText="k: a whole number from 1 on"
            errorText={problemAt("k")}
          >
            <Input
              value={call.k}
              inputMode="numeric"
              onChange={({ detail }) => {
                onChange({ k: detail.value });
              }}
            />
          </FormField>
          <FormField
            label="API key"
            constraintText="Sent as X-API-Key, and kept on this page only."
            errorText={
              problem?.code === "unauthorized" ? "A key is needed, and this is none." : undefined
            }
          >
            <Input
              type="password"
              value={apiKey}
              autoComplete="off"
              onChange={({ detail }) => {
                onKeyChange(detail.value);
              }}
            />
          </FormField>
        </ColumnLayout>
        <SpaceBetween direction="horizontal" size="l">
          <Checkbox
            checked={call.isNovelOnly}
            description="novel_only"
            onChange={({ detail }) => {
              onChange({ isNovelOnly: detail.checked });
            }}
          >
            {method.novelWords}
          </Checkbox>
          <Checkbox
            checked={call.withAttributes}
            description="return_attributes"
            onChange={({ detail }) => {
              onChange({ withAttributes: detail.checked });
            }}
          >
            With attributes
          </Checkbox>
        </SpaceBetween>
        <Button variant="primary" formAction="submit" loading={isCalling}>
          Send the request
        </Button>
      </SpaceBetween>
    </form>
  );
}
