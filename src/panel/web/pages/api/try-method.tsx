import Alert from "@cloudscape-design/components/alert";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import FormField from "@cloudscape-design/components/form-field";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { CodeText } from "../../format/code-text.tsx";
import { CallAnswer } from "./call-answer.tsx";
import { CallForm } from "./call-form.tsx";
import { makeCall } from "./make-call.ts";
import { callPath, type Method } from "./methods.ts";
import { curlOf, typeScriptOf } from "./snippets.ts";

/** One method: its invoke URL, a form that calls it, the answer, and the call as code. */
export function TryMethod({
  method,
  invokeUrl,
  areKeysRequired,
  apiKey,
  onKeyChange,
}: {
  readonly method: Method;
  readonly invokeUrl: string;
  readonly areKeysRequired: boolean;
  readonly apiKey: string;
  readonly onKeyChange: (key: string) => void;
}): ReactNode {
  const [call, setCall] = useState(method.example);
  const calling = useMutation({ mutationFn: () => makeCall(callPath(method, call), apiKey) });
  const withKey = areKeysRequired || apiKey !== "";
  return (
    <SpaceBetween size="l">
      <Box color="text-body-secondary">{method.what}</Box>
      <FormField label="Invoke URL" stretch>
        <div className="any-text">
          <CopyToClipboard
            variant="inline"
            textToCopy={`${invokeUrl}${method.path}`}
            copyButtonAriaLabel="Copy the invoke URL"
            copySuccessText="Copied"
            copyErrorText="Could not copy"
          />
        </div>
      </FormField>
      <CallForm
        method={method}
        call={call}
        apiKey={apiKey}
        problem={calling.data?.problem ?? null}
        isCalling={calling.isPending}
        onChange={(change) => {
          setCall((before) => ({ ...before, ...change }));
        }}
        onKeyChange={onKeyChange}
        onCall={() => {
          calling.mutate();
        }}
      />
      {calling.isError && (
        <Alert type="error" header="The API did not answer">
          {calling.error.message}
        </Alert>
      )}
      {calling.data !== undefined && <CallAnswer answer={calling.data} />}
      <Tabs
        ariaLabel="This call as code"
        tabs={[
          {
            id: "curl",
            label: "curl",
            content: <CodeText label="curl" text={curlOf(invokeUrl, method, call, withKey)} />,
          },
          {
            id: "typescript",
            label: "TypeScript",
            content: (
              <CodeText label="TypeScript" text={typeScriptOf(invokeUrl, method, call, withKey)} />
            ),
          },
        ]}
      />
    </SpaceBetween>
  );
}
