import { lazy, type ReactNode } from "react";
import { createBrowserRouter, Navigate, RouterProvider } from "react-router";

import { SessionGate, useSession } from "./api/session.tsx";
import { LoginPage } from "./pages/login/login-page.tsx";
import { SetupPage } from "./pages/login/setup-page.tsx";
import { BrokenPage, UnknownPage } from "./shell/lost-pages.tsx";
import { PanelShell } from "./shell/panel-shell.tsx";
import { Waiting } from "./shell/waiting.tsx";

const HomePage = lazy(() => import("./pages/home/home-page.tsx"));
const ServingRecipePage = lazy(() => import("./pages/serving-recipe/serving-recipe-page.tsx"));
const ExecutionsPage = lazy(() => import("./pages/executions/executions-page.tsx"));
const ExecutionPage = lazy(() => import("./pages/executions/execution-page.tsx"));
const ComparePage = lazy(() => import("./pages/executions/compare-page.tsx"));
const CustomizationPage = lazy(() => import("./pages/customization/customization-page.tsx"));
const DataPage = lazy(() => import("./pages/data/data-page.tsx"));
const BurningRecipePage = lazy(() => import("./pages/burning-recipe/burning-recipe-page.tsx"));
const AccessPage = lazy(() => import("./pages/access/access-page.tsx"));
const ApiPage = lazy(() => import("./pages/api/api-page.tsx"));
const LogsPage = lazy(() => import("./pages/logs/logs-page.tsx"));
const WorkersPage = lazy(() => import("./pages/workers/workers-page.tsx"));
const DashboardPage = lazy(() => import("./pages/dashboard/dashboard-page.tsx"));
const ModelsPage = lazy(() => import("./pages/models/models-page.tsx"));
const ModelPage = lazy(() => import("./pages/models/model-page.tsx"));
const ExplorePage = lazy(() => import("./pages/explore/explore-page.tsx"));
const ExploreUserPage = lazy(() => import("./pages/explore/user-page.tsx"));
const ExploreItemPage = lazy(() => import("./pages/explore/item-page.tsx"));

const router = createBrowserRouter([
  { path: "/setup", element: <SetupPage /> },
  {
    path: "/",
    element: (
      <SessionGate login={<LoginPage />} waiting={<Waiting what="RecSys" />}>
        <PanelShell />
      </SessionGate>
    ),
    errorElement: <BrokenPage />,
    children: [
      { index: true, element: <Start /> },
      { path: "serving-recipe", element: <ServingRecipePage /> },
      { path: "executions", element: <ExecutionsPage /> },
      { path: "executions/compare", element: <ComparePage /> },
      { path: "executions/:workflow/:name", element: <ExecutionPage /> },
      { path: "customization", element: <CustomizationPage /> },
      { path: "data", element: <DataPage /> },
      { path: "burning-recipe", element: <BurningRecipePage /> },
      { path: "access", element: <AccessPage /> },
      { path: "api", element: <ApiPage /> },
      { path: "logs", element: <LogsPage /> },
      { path: "workers", element: <WorkersPage /> },
      { path: "dashboard", element: <DashboardPage /> },
      { path: "models", element: <ModelsPage /> },
      { path: "models/:execution", element: <ModelPage /> },
      { path: "explore", element: <ExplorePage /> },
      { path: "explore/users/:id", element: <ExploreUserPage /> },
      { path: "explore/items/:id", element: <ExploreItemPage /> },
      { path: "*", element: <UnknownPage /> },
    ],
  },
]);

/** The whole application. */
export function App(): ReactNode {
  return <RouterProvider router={router} />;
}

/** The first page: home, or the figures for those who may see only them. */
function Start(): ReactNode {
  return useSession().role === "dashboard" ? <Navigate to="/dashboard" replace /> : <HomePage />;
}
