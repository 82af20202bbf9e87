import "@cloudscape-design/global-styles/index.css";
import "./panel.css";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app.tsx";
import { applyChosenMode } from "./shell/color-mode.ts";
import { RequestError } from "./api/client.ts";

applyChosenMode();
const queries = new QueryClient({
  defaultOptions: {
    queries: {
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
