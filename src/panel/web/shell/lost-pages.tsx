import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import type { ReactNode } from "react";
import { useNavigate, useRouteError } from "react-router";

import { Empty } from "../states/loaded.tsx";

/** There is no such page. */
export function UnknownPage(): ReactNode {
  const navigate = useNavigate();
  return (
    <ContentLayout header={<Header variant="h1">There is no such page</Header>}>
      <Container>
        <Empty
          title="Nothing is here"
          action={
            <Button variant="primary" onClick={() => void navigate("/")}>
              Home
            </Button>
          }
        >
          The address may have been mistyped, or the page may have moved.
        </Empty>
      </Container>
    </ContentLayout>
  );
}

/** A page broke: says so instead of going blank. */
export function BrokenPage(): ReactNode {
  const error = useRouteError();
  return (
    <Box padding="xxl">
      <Alert
        type="error"
        header="This page broke"
        action={
          <Button
            onClick={() => {
              window.location.reload();
            }}
          >
            Reload
          </Button>
        }
      >
        {error instanceof Error ? error.message : String(error)}
      </Alert>
    </Box>
  );
}
