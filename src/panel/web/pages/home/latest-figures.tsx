import type { ReactNode } from "react";

import { PageLink } from "../../shell/page-link.tsx";
import { Headline } from "../dashboard/headline.tsx";
import { rangeWords, scopeOf } from "../dashboard/scope.ts";
import { useDescription } from "../dashboard/use-kpi.ts";

const ALL = new URLSearchParams();

/** The dashboard's headline, as soon as there is one: nothing before the collector has run. */
export function LatestFigures(): ReactNode {
  const { data } = useDescription();
  if (data === undefined) return null;
  const scope = scopeOf(ALL, data);
  return (
    <Headline
      description={data}
      scope={scope}
      title={rangeWords(scope)}
      actions={<PageLink to="/dashboard">KPI dashboard</PageLink>}
    />
  );
}
