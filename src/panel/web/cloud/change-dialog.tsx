import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { ChangePlan, StackName } from "../../../schema/index.ts";
import { change } from "../api/client.ts";
import { STACK_TITLES } from "../../../words/index.ts";
import { ResourceTable } from "./resource-table.tsx";

/** What CloudFormation would make, change and remove; nothing happens before somebody says so. */
export function ChangeDialog({
  stack,
  onClose,
}: {
  readonly stack: StackName;
  readonly onClose: () => void;
}): ReactNode {
  const queries = useQueryClient();
  const plan = useQuery({
    queryKey: ["change", stack],
    queryFn: () => change<ChangePlan>("POST", `/stacks/${stack}/change`, {}),
    gcTime: 0,
    retry: false,
    // What is looked at is what is ordered: nothing exchanges it meanwhile.
    staleTime: Infinity,
  });
  const deploy = useMutation({
    mutationFn: (shown: ChangePlan) =>
      change("POST", `/stacks/${stack}/deploy`, { change: shown.id }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["overview"] });
      onClose();
    },
  });
  const trouble = plan.error?.message ?? deploy.error?.message;
  return (
    <Modal
      visible
      size="large"
      header={`Deploy the ${STACK_TITLES[stack]}`}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              disabled={plan.data === undefined || plan.isFetching || deploy.isError}
              loading={deploy.isPending}
              onClick={() => {
                if (plan.data !== undefined) deploy.mutate(plan.data);
              }}
            >
              Deploy
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {trouble !== undefined && (
          <Alert
            type="error"
            header="It cannot be deployed as it is"
            action={
              <Button
                onClick={() => {
                  deploy.reset();
                  void plan.refetch();
                }}
              >
                Look once more
              </Button>
            }
          >
            {trouble}
          </Alert>
        )}
        {plan.isFetching && (
          <Box color="text-body-secondary">
            <Spinner /> CloudFormation works out what would change …
          </Box>
        )}
        {plan.data !== undefined && !plan.isFetching && <Plan plan={plan.data} />}
      </SpaceBetween>
    </Modal>
  );
}

function Plan({ plan }: { readonly plan: ChangePlan }): ReactNode {
  const { name, isNew, isNothing, changes, parameters, tags, cost, warnings } = plan;
  const rows = [...changes].sort((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action));
  return (
    <SpaceBetween size="m">
      {warnings.map((words) => (
        <Alert key={words} type="warning">
          {words}
        </Alert>
      ))}
      <Box>
        {isNothing
          ? `${name} is as ordered already: only the configuration is kept under a new number.`
          : isNew
            ? `${name} is new. CloudFormation would make:`
            : `CloudFormation would change ${name}:`}
      </Box>
      {!isNothing && (
        <ResourceTable
          label="What would change"
          rows={rows}
          empty="No resource, only what the stack tells."
          before={[
            {
              id: "action",
              header: "What",
              width: 130,
              cell: ({ action }) => (
                <StatusIndicator type={ACTIONS[action]}>{action}</StatusIndicator>
              ),
            },
          ]}
        />
      )}
      <Box>{cost}</Box>
      <ExpandableSection headerText="Parameters and tags">
        <KeyValuePairs
          columns={2}
          items={[
            ...Object.entries(parameters).map(([label, value]) => ({ label, value })),
            ...Object.entries(tags).map(([key, value]) => ({ label: `Tag ${key}`, value })),
          ]}
        />
      </ExpandableSection>
    </SpaceBetween>
  );
}

/** What takes something away comes first. */
const ORDER: readonly ChangePlan["changes"][number]["action"][] = [
  ...(["remove", "replace", "may replace"] as const),
  ...(["change", "add"] as const),
];
const ACTIONS = {
  remove: "warning",
  replace: "warning",
  "may replace": "warning",
  change: "info",
  add: "success",
} as const;
