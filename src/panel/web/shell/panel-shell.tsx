import AppLayout from "@cloudscape-design/components/app-layout";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import I18nProvider from "@cloudscape-design/components/i18n";
import messages from "@cloudscape-design/components/i18n/messages/all.en";
import SideNavigation from "@cloudscape-design/components/side-navigation";
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";

import { ROLES } from "../api/roles.ts";
import { useSession } from "../api/session.tsx";
import { NotificationList, NotificationProvider } from "./notifications.tsx";
import { PAGE_GROUPS, pageOf } from "./pages.ts";
import { TopBar } from "./top-bar.tsx";
import { Waiting } from "./waiting.tsx";

/** What stands around every page: the bar, the navigation, where one is, and messages. */
export function PanelShell(): ReactNode {
  const { role } = useSession();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(() => window.innerWidth > 1100);
  const page = pageOf(pathname);
  const crumbs = crumbsOf(pathname);
  useEffect(() => {
    document.title = page === undefined ? "RecSys" : `${page.title} · RecSys`;
  }, [page]);
  const follow = (event: {
    preventDefault(): void;
    detail: { href?: string; external?: boolean };
  }) => {
    const { href, external = false } = event.detail;
    if (href === undefined || external) return;
    event.preventDefault();
    void navigate(href);
  };
  const groups = PAGE_GROUPS.map((pages) =>
    pages.filter(({ role: asked }) => ROLES.indexOf(role) >= ROLES.indexOf(asked)),
  ).filter((pages) => pages.length > 0);
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <NotificationProvider>
        <TopBar />
        <AppLayout
          headerSelector="#top-bar"
          navigationOpen={isOpen}
          onNavigationChange={({ detail }) => {
            setOpen(detail.open);
          }}
          navigationWidth={240}
          navigation={
            <SideNavigation
              header={{ text: "Command center", href: "/" }}
              activeHref={page?.path ?? ""}
              onFollow={follow}
              items={groups.flatMap((pages, group) => [
                ...(group === 0 ? [] : [{ type: "divider" } as const]),
                ...pages.map(
                  ({ path, title }) => ({ type: "link", text: title, href: path }) as const,
                ),
              ])}
            />
          }
          breadcrumbs={
            crumbs.length < 2 ? undefined : (
              <BreadcrumbGroup items={[...crumbs]} onFollow={follow} />
            )
          }
          notifications={<NotificationList />}
          stickyNotifications
          toolsHide
          content={
            <Suspense fallback={<Waiting what="the page" />}>
              <Outlet />
            </Suspense>
          }
        />
      </NotificationProvider>
    </I18nProvider>
  );
}

/** The way to a page: "RecSys", the page, and what of it is shown. */
function crumbsOf(path: string): readonly { readonly text: string; readonly href: string }[] {
  const page = pageOf(path);
  const home = { text: "RecSys", href: "/" };
  if (page === undefined || page.path === "/") return [home];
  const below = path.slice(page.path.length).split("/").filter(Boolean).map(decodeURIComponent);
  const last = below.at(-1);
  return [
    home,
    { text: page.title, href: page.path },
    ...(last === undefined ? [] : [{ text: last === "compare" ? "Compare" : last, href: path }]),
  ];
}
