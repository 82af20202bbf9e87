import { useQuery } from "@tanstack/react-query";

import type { AccountNames } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { useMay } from "../../api/session.tsx";

/** The two names that AWS may have a list of (A28). */
export type NamedPath = "bucket" | "logGroup";

/** Is the field of this path one of them? */
export function isNamed(path: string): path is NamedPath {
  return path === "bucket" || path === "logGroup";
}

/** What may be chosen as a bucket or a log group; `undefined` where there is no list. */
export function useOffered(path: string): readonly string[] | undefined {
  const isAsked = isNamed(path);
  const { data } = useQuery({
    queryKey: ["configuration", "names"],
    queryFn: ({ signal }) => read<AccountNames>("/configuration/names", signal),
    enabled: useMay("operator") && isAsked,
    staleTime: 60_000,
  });
  return data === undefined || !isAsked ? undefined : offeredOf(data, path);
}

/** As the field has them: a bucket as its URL. */
export function offeredOf(names: AccountNames, path: NamedPath): readonly string[] | undefined {
  if (path === "bucket") return names.buckets?.map((name) => `s3://${name}`);
  return names.logGroups ?? undefined;
}
