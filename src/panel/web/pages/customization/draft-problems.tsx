import Alert from "@cloudscape-design/components/alert";
import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";

import type { SettingField, SettingGroup } from "../../../../schema/index.ts";

/** Everything that is wrong with the draft, above it; each line leads to its field. */
export function DraftProblems({
  problems,
  groups,
  onFollow,
}: {
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
  readonly groups: readonly SettingGroup[];
  readonly onFollow: (field: SettingField) => void;
}): ReactNode {
  if (problems.length === 0) return null;
  const count = problems.length === 1 ? "One setting" : `${problems.length} settings`;
  return (
    <Alert type="error" header={`${count} cannot be saved like this`}>
      <ul className="plain-list">
        {problems.map(({ path, problem }) => {
          const place = placeOf(path, groups);
          return (
            <li key={path}>
              {place === undefined ? (
                path
              ) : (
                <Link
                  onFollow={() => {
                    onFollow(place.field);
                  }}
                >
                  {place.title} → {place.field.label}
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

/** The field that a problem's path means, and the group that it stands in. */
function placeOf(
  path: string,
  groups: readonly SettingGroup[],
): { readonly title: string; readonly field: SettingField } | undefined {
  for (const { title, fields, more } of groups) {
    const field = [...fields, ...more].find(
      (known) => path === known.path || path.startsWith(`${known.path}.`),
    );
    if (field !== undefined) return { title, field };
  }
  return undefined;
}
