import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";

import { useMay } from "../../api/session.tsx";
import { Empty } from "../../states/loaded.tsx";

/** The collector has not run yet. */
export function NoFigures(): ReactNode {
  const navigate = useNavigate();
  const maySee = useMay("viewer");
  return (
    <Container>
      <Empty
        title="There are no figures yet"
        action={
          maySee && (
            <Button
              variant="primary"
              onClick={() => {
                void navigate("/serving-recipe");
              }}
            >
              Serving Recipe
            </Button>
          )
        }
      >
        The collector sums them up from the raw files. Once it has been executed, they stand here.
      </Empty>
    </Container>
  );
}
