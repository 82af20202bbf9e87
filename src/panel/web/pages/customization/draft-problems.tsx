import Alert from "@cloudscape-design/components/alert";
import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";

import type { SettingField } from "../../../../schema/index.ts";

/** Everything that is wrong with the draft, above it; each line leads to its field. */
export function DraftProblems({
  problems,
  fields,
  onFollow,
}: {
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
  readonly fields: readonly SettingField[];
  readonly onFollow: (field: SettingField) => void;
}): ReactNode {
  if (problems.length === 0) return null;
  const count = problems.length === 1 ? "One setting" : `${problems.length} settings`;
  return (
    <Alert type="error" header={`${count} cannot be saved like this`}>
      <ul className="plain-list">
        {problems.map(({ path, problem }) => {
          const field = fields.find(
            (known) => path === known.path || path.startsWith(`${known.path}.`),
          );
          return (
            <li key={path}>
              {field === undefined ? (
                path
              ) : (
                <Link
                  onFollow={() => {
                    onFollow(field);
                  }}
                >
                  {field.label}
                </Link>
              )}
              : {problem}
            </li>
          );
        })}
      </ul>
    </Alert>
  );
}
