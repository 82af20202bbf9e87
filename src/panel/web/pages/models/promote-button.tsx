import Button from "@cloudscape-design/components/button";
import { type ReactNode, useState } from "react";

import type { ModelSummary } from "../../../../schema/index.ts";
import { useMay } from "../../api/session.tsx";
import { conditionOf, fateOf } from "./model-words.ts";
import { PromoteDialog } from "../../execution/promote-dialog.tsx";

/** Serves a rejected model all the same; who may not is told why. */
export function PromoteButton({ model }: { readonly model: ModelSummary }): ReactNode {
  const isAdmin = useMay("admin");
  const [isOpen, setOpen] = useState(false);
  if (fateOf(model) !== "rejected") return null;
  const failed = (model.gate?.reasons ?? [])
    .map(conditionOf)
    .filter(({ isMet }) => isMet !== true)
    .map(({ words }) => words);
  return (
    <>
      <Button
        disabled={!isAdmin}
        {...(isAdmin ? {} : { disabledReason: "Only an admin may promote a model by hand." })}
        onClick={() => {
          setOpen(true);
        }}
      >
        Promote by hand
      </Button>
      {isOpen && (
        <PromoteDialog
          execution={model.execution.name}
          failed={failed}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
