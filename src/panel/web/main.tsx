import "@cloudscape-design/global-styles/index.css";
import "./panel.css";

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app.tsx";
import { applyChosenMode } from "./shell/color-mode.ts";
import { RequestError } from "./api/client.ts";

applyChosenMode();

/** A session that has ended while one worked leads back to the login. */
const onError = (error: Error): void => {
  const isOver = error instanceof RequestError && error.code === "not_logged_in";
  if (isOver) queries.setQueryData(["session"], null);
};
const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    // The server may be this very machine, which answers without any network.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      staleTime: 5_000,
      // What the server refuses it refuses again; what did not reach it may.
      retry: (count, error) => !(error instanceof RequestError) && count < 2,
    },
  },
});
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
