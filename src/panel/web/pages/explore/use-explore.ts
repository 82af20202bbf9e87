import { keepPreviousData, skipToken, useQuery, type UseQueryResult } from "@tanstack/react-query";

import type { EntityHit, ItemPage, UserPage, WhyNot } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";

export type Side = "users" | "items";

/** What is served changes with an execution, hardly within a visit. */
const STALE_MS = 60_000;

/** Users or items whose id or title begins with, or holds, a text. */
export function useHits(side: Side, text: string): UseQueryResult<readonly EntityHit[]> {
  return useQuery({
    queryKey: ["explore", "search", side, text],
    queryFn: ({ signal }) =>
      read<readonly EntityHit[]>(
        `/explore/search?${new URLSearchParams({ side, text }).toString()}`,
        signal,
      ),
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });
}

/** A user, their history, and what is recommended to them. */
export function useUser(id: string): UseQueryResult<UserPage> {
  return useQuery({
    queryKey: ["explore", "user", id],
    queryFn: ({ signal }) => read<UserPage>(`/explore/users/${encodeURIComponent(id)}`, signal),
    staleTime: STALE_MS,
  });
}

/** An item, and who is likely to want it. */
export function useItem(id: string): UseQueryResult<ItemPage> {
  return useQuery({
    queryKey: ["explore", "item", id],
    queryFn: ({ signal }) => read<ItemPage>(`/explore/items/${encodeURIComponent(id)}`, signal),
    staleTime: STALE_MS,
  });
}

/** Where an item stands for a user; nothing is asked without an item. */
export function useWhyNot(user: string, item: string | null): UseQueryResult<WhyNot> {
  return useQuery({
    queryKey: ["explore", "why-not", user, item],
    queryFn:
      item === null
        ? skipToken
        : ({ signal }) =>
            read<WhyNot>(
              `/explore/why-not?${new URLSearchParams({ user, item }).toString()}`,
              signal,
            ),
    staleTime: STALE_MS,
  });
}
