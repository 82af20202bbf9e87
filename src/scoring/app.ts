import { fastify, type FastifyError, type FastifyInstance } from "fastify";

import type { LoadedModel } from "./load-model.ts";
import { QuestionError } from "./question-error.ts";
import { answerOf, prepare, type Prepared } from "./questions.ts";
import { bodyForm, type BodyForm, CONTENT_TYPES, readQuestions } from "./read-questions.ts";

export interface ScoringOptions {
  /** Largest body of a request. */
  readonly bodyBytes: number;
  /** A batch transform: a question that cannot be answered is told in its place, and costs the others nothing. */
  readonly isBatch: boolean;
  readonly onError: (error: unknown) => void;
}

/** What answers requests: the model, once it is there. */
export interface ScoringState {
  model: LoadedModel | undefined;
}

/**
 * The HTTP side of SageMaker's contract for models: `GET /ping` answers 200 once there is a model, `POST /invocations` answers
 * questions (`ScoringQuestion`) in the form they came in.
 */
export function createScoringApp(state: ScoringState, options: ScoringOptions): FastifyInstance {
  const app = fastify({ bodyLimit: options.bodyBytes, requestTimeout: 0 });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const status = error instanceof QuestionError ? 400 : (error.statusCode ?? 500);
    if (status >= 500) options.onError(error);
    const message =
      status === 413
        ? `the body is larger than ${options.bodyBytes} bytes; send fewer questions at once`
        : status >= 500
          ? "the answer could not be made; the log says why"
          : error.message;
    return reply.code(status).send({ error: { message } });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: {
        message: `there are GET /ping and POST /invocations, got ${request.method} ${request.url}`,
      },
    }),
  );
  app.get("/ping", (_request, reply) => reply.code(state.model === undefined ? 503 : 200).send());
  app.post<{ Body: string | undefined }>("/invocations", async (request, reply) => {
    const { model } = state;
    if (model === undefined) {
      return reply.code(503).send({ error: { message: "the model is still being loaded" } });
    }
    const contentType = request.headers["content-type"] ?? "none";
    const form = bodyForm(contentType);
    if (form === undefined) {
      const message = `the content type must be one of ${CONTENT_TYPES}, got ${contentType}`;
      return reply.code(415).send({ error: { message } });
    }
    const text = await answered(request.body ?? "", form, model, options);
    return reply.type(contentType).send(text);
  });
  return app;
}

/** @throws QuestionError naming every question that cannot be answered, unless this is a batch */
async function answered(
  body: string,
  form: BodyForm,
  model: LoadedModel,
  { isBatch }: ScoringOptions,
): Promise<string> {
  const { questions, isSingle } = readQuestions(body, form);
  const ready = questions.map(({ where, read }): Prepared | QuestionError => {
    try {
      return prepare(read(), model);
    } catch (error) {
      if (error instanceof QuestionError) return new QuestionError(`${where}: ${error.message}`);
      throw error;
    }
  });
  const isProblem = (entry: Prepared | QuestionError): entry is QuestionError =>
    entry instanceof QuestionError;
  const problems = ready.filter(isProblem);
  if (problems.length > 0 && !isBatch) throw new QuestionError(told(problems));
  const fine = ready.filter((entry): entry is Prepared => !isProblem(entry));
  const lists = await model.rank(fine.map(({ query }) => query));
  let next = 0;
  const answers = ready.map((entry) =>
    isProblem(entry)
      ? { error: { message: entry.message } }
      : answerOf(entry, lists[next++]!, model),
  );
  if (form === "json") return JSON.stringify(isSingle ? answers[0] : answers);
  const lines = answers.map((answer) => JSON.stringify(answer)).join("\n");
  // A batch's answers are put together with line ends between them.
  return isBatch || lines === "" ? lines : `${lines}\n`;
}

const MOST_TOLD = 20;

/** All problems at once, as far as anybody reads them. */
function told(problems: readonly QuestionError[]): string {
  const first = problems.slice(0, MOST_TOLD).map(({ message }) => message);
  const rest = problems.length - first.length;
  return [...first, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n");
}
