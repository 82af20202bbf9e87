import type { Role } from "../../../schema/index.ts";

/** A page that the side navigation leads to. */
export interface Page {
  readonly path: string;
  readonly title: string;
  /** Who may see it. */
  readonly role: Role;
}

/** The pages in the order of the navigation; groups are kept apart by a line. */
export const PAGE_GROUPS: readonly (readonly Page[])[] = [
  [
    { path: "/", title: "Home", role: "viewer" },
    { path: "/customization", title: "Customization", role: "viewer" },
    { path: "/data", title: "Data", role: "viewer" },
    { path: "/serving-recipe", title: "Serving Recipe", role: "viewer" },
    { path: "/burning-recipe", title: "Burning Recipe", role: "viewer" },
  ],
  [
    { path: "/executions", title: "Executions", role: "viewer" },
    { path: "/models", title: "Models", role: "viewer" },
    { path: "/explore", title: "Explore", role: "viewer" },
    { path: "/logs", title: "Logs", role: "viewer" },
    { path: "/workers", title: "Workers", role: "viewer" },
  ],
  [
    { path: "/dashboard", title: "KPI dashboard", role: "dashboard" },
    { path: "/api", title: "API", role: "viewer" },
    { path: "/access", title: "Access", role: "dashboard" },
  ],
];

/** The page that a path belongs to: itself, or the one above it. */
export function pageOf(path: string): Page | undefined {
  return PAGE_GROUPS.flat().find((page) =>
    page.path === "/" ? path === "/" : path === page.path || path.startsWith(`${page.path}/`),
  );
}
