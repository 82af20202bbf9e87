import TopNavigation from "@cloudscape-design/components/top-navigation";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";

import { useLogout, useSession } from "../api/session.tsx";
import { chooseMode, chosenMode, COLOR_MODES, type ColorMode } from "./color-mode.ts";

const MODE_WORDS: Readonly<Record<ColorMode, string>> = {
  system: "Colours of the system",
  light: "Light",
  dark: "Dark",
};

/** The dark bar above everything: the product, the colours, who is logged in. */
export function TopBar(): ReactNode {
  const { name, role, version } = useSession();
  const [mode, setMode] = useState(chosenMode);
  const navigate = useNavigate();
  const logout = useLogout();
  return (
    <div id="top-bar">
      <TopNavigation
        identity={{
          href: "/",
          title: "RecSys",
          onFollow: (event) => {
            event.preventDefault();
            void navigate("/");
          },
        }}
        utilities={[
          {
            type: "menu-dropdown",
            iconName: "settings",
            ariaLabel: "Colours",
            title: "Colours",
            items: COLOR_MODES.map((id) => ({
              id,
              itemType: "checkbox" as const,
              text: MODE_WORDS[id],
              checked: id === mode,
            })),
            onItemClick: ({ detail }) => {
              const chosen = COLOR_MODES.find((known) => known === detail.id)!;
              chooseMode(chosen);
              setMode(chosen);
            },
          },
          {
            type: "menu-dropdown",
            iconName: "user-profile",
            text: name,
            description: `Role: ${role} · RecSys ${version}`,
            items: [
              { id: "access", text: "Password and access" },
              { id: "logout", text: "Log out" },
            ],
            onItemClick: ({ detail }) => {
              if (detail.id === "access") void navigate("/access");
              else void logout();
            },
          },
        ]}
      />
    </div>
  );
}
