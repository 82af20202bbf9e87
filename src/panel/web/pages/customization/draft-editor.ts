import { useState } from "react";

import type { Customization, SettingField } from "../../../../schema/index.ts";
import {
  changedPaths,
  draftWith,
  type Edits,
  type Entry,
  entryOf,
  problemOf,
} from "./draft-edit.ts";

type Problem = { readonly path: string; readonly problem: string };

/** The draft while it is edited. */
export interface DraftEditor {
  /** What was loaded when the first edit was made; edits are kept apart from what others save meanwhile. */
  readonly base: Customization;
  readonly fixed: Customization["fixed"];
  readonly mayEdit: boolean;
  readonly draft: Customization["draft"];
  /** Settings that differ from what is saved. */
  readonly changed: readonly string[];
  readonly problems: readonly Problem[];
  readonly entryOf: (field: SettingField) => Entry;
  readonly edit: (field: SettingField, entry: Entry) => void;
  readonly problemOf: (field: SettingField) => string | undefined;
  /** Forgets the edits; what was loaded last counts again. */
  readonly reset: () => void;
}

/** Edits over the customization as it was loaded last. */
export function useDraftEditor(
  loaded: Customization,
  mayEdit: boolean,
  refused: readonly Problem[],
): DraftEditor {
  const [{ held, edits }, setState] = useState<{
    readonly held: Customization | null;
    readonly edits: Edits;
  }>({ held: null, edits: {} });
  const base = held ?? loaded;
  const fields = fieldsOf(base);
  const { draft, problems: own } = draftWith(fields, base.draft, edits);
  const ownPaths = new Set(own.map(({ path }) => path));
  const problems = [...own, ...refused.filter(({ path }) => !ownPaths.has(path))];
  return {
    base,
    fixed: base.fixed,
    mayEdit,
    draft,
    changed: [...changedPaths(base.draft, draft), ...ownPaths],
    problems,
    entryOf: (field) => edits[field.path] ?? entryOf(field, base.values[field.path]),
    edit: (field, entry) => {
      setState((state) => ({
        held: state.held ?? loaded,
        edits: { ...state.edits, [field.path]: entry },
      }));
    },
    problemOf: (field) => problemOf(field, problems),
    reset: () => {
      setState({ held: null, edits: {} });
    },
  };
}

/** Every field of every group. */
export function fieldsOf({ groups }: Customization): readonly SettingField[] {
  return groups.flatMap(({ fields, more }) => [...fields, ...more]);
}
