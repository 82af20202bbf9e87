import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { onTestFinished } from "vitest";

import { type Account, openAccount } from "../../src/cloud/index.ts";

/** A request that came to AWS: `CreateChangeSet`, with its form's or its JSON's fields. */
export interface AwsCall {
  readonly action: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An error of AWS's. */
export class Refusal {
  readonly code: string;
  readonly message: string;

  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

/** What is answered: for CloudFormation the XML within the result, for others an object; or a refusal. */
export type Reply = string | Readonly<Record<string, unknown>> | Refusal;

export interface ScriptedAws {
  readonly account: Account;
  readonly url: string;
  /** All requests, in the order in which they came. */
  readonly calls: readonly AwsCall[];
  /** The actions alone. */
  readonly actions: () => readonly string[];
  /** The fields of the only request of this action. */
  readonly only: (action: string) => AwsCall["fields"];
}

/**
 * An account that answers as it is told, for what no emulator gets into: stacks that fail in a certain way, rights that are
 * missing. It ends with the test.
 *
 * @param replies - by action; an action that is not there is refused
 */
export async function scriptedAws(
  replies: Readonly<Record<string, Reply | ((call: AwsCall) => Reply)>>,
): Promise<ScriptedAws> {
  const calls: AwsCall[] = [];
  const server = createServer((request, response) => {
    void callOf(request).then(({ isForm, ...call }) => {
      calls.push(call);
      const scripted = replies[call.action];
      const reply = typeof scripted === "function" ? scripted(call) : scripted;
      const answer = reply ?? new Refusal("NotScripted", call.action);
      response.writeHead(answer instanceof Refusal ? 400 : 200, {
        "content-type": isForm ? "text/xml" : "application/x-amz-json-1.1",
      });
      response.end(isForm ? xmlOf(call.action, answer) : jsonOf(answer));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
  return {
    account: openAccount({ AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: url }),
    url,
    calls,
    actions: () => calls.map(({ action }) => action),
    only(action) {
      const found = calls.filter((call) => call.action === action);
      if (found.length !== 1) throw new Error(`${found.length} calls of ${action}`);
      return found[0]!.fields;
    },
  };
}

async function callOf(request: IncomingMessage): Promise<AwsCall & { readonly isForm: boolean }> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString("utf8");
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") {
    const fields = JSON.parse(text) as AwsCall["fields"];
    return { action: target.split(".").at(-1)!, fields, isForm: false };
  }
  const fields = Object.fromEntries(new URLSearchParams(text));
  return { action: fields["Action"] ?? "", fields, isForm: true };
}

function xmlOf(action: string, reply: Reply): string {
  if (reply instanceof Refusal) {
    return `<ErrorResponse><Error><Type>Sender</Type><Code>${reply.code}</Code><Message>${reply.message}</Message></Error></ErrorResponse>`;
  }
  const result = typeof reply === "string" ? reply : "";
  return `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
}

function jsonOf(reply: Reply): string {
  return JSON.stringify(
    reply instanceof Refusal ? { __type: reply.code, message: reply.message } : reply,
  );
}
