import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import type { Customization } from "../../../../schema/index.ts";
import { read } from "../../api/client.ts";
import { Loaded } from "../../states/loaded.tsx";
import { DraftForm } from "./draft-form.tsx";

/** "Begin Customization": every setting of the three stacks, as a draft (Q102–Q104). */
export default function CustomizationPage(): ReactNode {
  const customization = useQuery({
    queryKey: ["configuration"],
    queryFn: ({ signal }) => read<Customization>("/configuration", signal),
  });
  return (
    <Loaded query={customization} what="the settings">
      {(loaded) => <DraftForm loaded={loaded} />}
    </Loaded>
  );
}
