import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

import { problemOfNoField } from "../../forms/problem-at.ts";
import { sentence } from "../../format/sentence.ts";
import { Door } from "./door.tsx";

/** The form of the page outside. What is wrong with one field the field says; the rest stands above the button. */
export function DoorForm({
  title,
  description,
  action,
  isPending,
  error,
  onSubmit,
  children,
}: {
  readonly title: string;
  readonly description?: string;
  /** On the button. */
  readonly action: string;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const problem = problemOfNoField(error);
  return (
    <Door>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Container
          header={
            <Header variant="h2" description={description}>
              {title}
            </Header>
          }
        >
          <Form
            {...(problem === undefined ? {} : { errorText: sentence(problem) })}
            actions={
              <Button variant="primary" loading={isPending} formAction="submit">
                {action}
              </Button>
            }
          >
            <SpaceBetween size="m">{children}</SpaceBetween>
          </Form>
        </Container>
      </form>
    </Door>
  );
}
