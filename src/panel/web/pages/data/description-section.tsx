import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";

import type { DescriptionAnswer } from "../../../../schema/index.ts";
import { change, read, RequestError } from "../../api/client.ts";
import { useMay } from "../../api/session.tsx";
import { RoleButton } from "../../forms/role-button.tsx";
import { useNotify } from "../../shell/notifications.tsx";
import { Loaded } from "../../states/loaded.tsx";
import { areSameColumns, type DescribedColumn, problemsOfWhole } from "./description-edit.ts";
import { DescriptionTable } from "./description-table.tsx";

export type Side = "items" | "users";

/** The description of a file's columns: proposed from the CSV, edited in a table, saved as JSON. */
export function DescriptionSection({
  side,
  csv,
  locked,
  onEdited,
}: {
  readonly side: Side;
  /** The CSV as it stands, such as "item_features.csv.gz". */
  readonly csv: string;
  readonly locked: string | null;
  /** Told whether there are edits that would be lost. */
  readonly onEdited: (side: Side, isEdited: boolean) => void;
}): ReactNode {
  const answer = useQuery({
    queryKey: ["data", "description", side],
    queryFn: ({ signal }) => read<DescriptionAnswer>(`/data/description/${side}`, signal),
  });
  return (
    <Loaded query={answer} what={`the description of the ${side}`}>
      {(value) => (
        <Editor side={side} csv={csv} locked={locked} answer={value} onEdited={onEdited} />
      )}
    </Loaded>
  );
}

function Editor({
  side,
  csv,
  locked,
  answer,
  onEdited,
}: {
  readonly side: Side;
  readonly csv: string;
  readonly locked: string | null;
  readonly answer: DescriptionAnswer;
  readonly onEdited: (side: Side, isEdited: boolean) => void;
}): ReactNode {
  const [edited, setEdited] = useState<readonly DescribedColumn[] | null>(null);
  const columns = edited ?? answer.columns;
  const isEdited = edited !== null && !areSameColumns(edited, answer.columns);
  const mayEdit = useMay("operator") && locked === null;
  const notify = useNotify();
  const queries = useQueryClient();
  useEffect(() => {
    onEdited(side, isEdited);
    return () => {
      onEdited(side, false);
    };
  }, [side, isEdited, onEdited]);
  const save = useMutation({
    mutationFn: () => change<DescriptionAnswer>("PUT", `/data/description/${side}`, { columns }),
    onSuccess: async (saved) => {
      queries.setQueryData(["data", "description", side], saved);
      setEdited(null);
      notify("success", `Description of ${csv} saved`);
      await queries.invalidateQueries({ queryKey: ["data"] });
      await queries.invalidateQueries({ queryKey: ["overview"] });
    },
  });
  const fields = save.error instanceof RequestError ? save.error.fields : [];
  const isProposed = answer.origin === "proposed";
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            isProposed
              ? "Proposed from the CSV and not saved yet: look it over, then save it."
              : `What the columns of ${csv} are called, and how the model reads them.`
          }
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                disabled={!isEdited}
                onClick={() => {
                  save.reset();
                  setEdited(null);
                }}
              >
                Undo changes
              </Button>
              <RoleButton
                role="operator"
                variant={isProposed || isEdited ? "primary" : "normal"}
                loading={save.isPending}
                refusal={locked ?? (isProposed || isEdited ? null : "Nothing is changed.")}
                onClick={() => {
                  save.mutate();
                }}
              >
                Save description
              </RoleButton>
            </SpaceBetween>
          }
        >
          Description of {csv}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {save.isError && (
          <Alert type="error" header="The description was not saved">
            {[save.error.message, ...problemsOfWhole(fields)].map((line) => (
              <div key={line}>{line}</div>
            ))}
          </Alert>
        )}
        <DescriptionTable
          csv={csv}
          columns={columns}
          fields={fields}
          mayEdit={mayEdit}
          onChange={(changed) => {
            setEdited(changed);
          }}
        />
      </SpaceBetween>
    </Container>
  );
}
