import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { RawData } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { Loaded } from "../../states/loaded.tsx";
import { RawDataView } from "./raw-data-view.tsx";

/** The raw files: bring them in, look at them, describe them, check them (Q12, Q46, Q113). */
export default function DataPage(): ReactNode {
  const data = useQuery({
    queryKey: ["data"],
    queryFn: ({ signal }) => read<RawData>("/data", signal),
    refetchInterval: ({ state }) => {
      if (state.data?.check.state === "running") return 700;
      return state.data?.locked == null ? false : 3_000;
    },
  });
  return (
    <Loaded query={data} what="the raw files">
      {(value) => <RawDataView data={value} />}
    </Loaded>
  );
}
