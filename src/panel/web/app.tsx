import { lazy, type ReactNode } from "react";
import { createBrowserRouter, Navigate, RouterProvider } from "react-router";

import { SessionGate, useSession } from "./api/session.tsx";
import { LoginPage } from "./pages/login/login-page.tsx";
import { SetupPage } from "./pages/login/setup-page.tsx";
import { BrokenPage, UnknownPage } from "./shell/lost-pages.tsx";
import { PanelShell } from "./shell/panel-shell.tsx";
import { Waiting } from "./shell/waiting.tsx";

const HomePage = lazy(() => import("./pages/home/home-page.tsx"));
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
