import { useState } from "react";

import type { Customization, SettingField } from "../../../../schema/index.ts";
import {
  changedPaths,
  draftWith,
  type Edits,
  type Entry,
  entryOf,
  problemOf,
  withoutPath,
} from "./draft-edit.ts";

interface Problem {
  readonly path: string;
  readonly problem: string;
}

interface State {
  readonly held: Customization | null;
  readonly edits: Edits;
  readonly refused: readonly Problem[];
}

const UNTOUCHED: State = { held: null, edits: {}, refused: [] };

/** The draft while it is edited. */
export interface DraftEditor {
  /** What was loaded when the first edit was made; edits are kept apart from what others save meanwhile. */
  readonly base: Customization;
  readonly fixed: Customization["fixed"];
  readonly mayEdit: boolean;
  readonly draft: Customization["draft"];
  /** Settings that differ from what is saved. */
  readonly changed: readonly string[];
  /** Fields whose text is no value of their kind, and what the server refused last. */
  readonly problems: readonly Problem[];
  /** Can it be sent to the server? */
  readonly isSendable: boolean;
  readonly refuse: (problems: readonly Problem[]) => void;
  readonly entryOf: (field: SettingField) => Entry;
  readonly edit: (field: SettingField, entry: Entry) => void;
  readonly problemOf: (field: SettingField) => string | undefined;
  /** Forgets the edits; what was loaded last counts again. */
  readonly reset: () => void;
}

/** Edits over the customization as it was loaded last. */
export function useDraftEditor(loaded: Customization, mayEdit: boolean): DraftEditor {
  const [{ held, edits, refused }, setState] = useState<State>(UNTOUCHED);
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
    isSendable: own.length === 0,
    refuse: (problems) => {
      setState((state) => ({ ...state, refused: problems.map(withoutPath) }));
    },
    changed: [...changedPaths(base.draft, draft), ...ownPaths],
    problems,
    entryOf: (field) => edits[field.path] ?? entryOf(field, base.values[field.path]),
    edit: (field, entry) => {
      setState((state) => ({
        held: state.held ?? loaded,
        edits: { ...state.edits, [field.path]: entry },
        // What was wrong with another value says nothing of this one.
        refused: state.refused.filter((problem) => problemOf(field, [problem]) === undefined),
      }));
    },
    problemOf: (field) => problemOf(field, problems),
    reset: () => {
      setState(UNTOUCHED);
    },
  };
}

/** Every field of every group. */
export function fieldsOf({ groups }: Customization): readonly SettingField[] {
  return groups.flatMap(({ fields, more }) => [...fields, ...more]);
}
