import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

/** Tells the user that something was done, or why not. */
export type Notify = (
  type: "success" | "error" | "info" | "warning",
  header: ReactNode,
  content?: ReactNode,
) => void;

interface Notifications {
  readonly items: readonly FlashbarProps.MessageDefinition[];
  readonly notify: Notify;
}

const NotificationContext = createContext<Notifications | null>(null);
let last = 0;

/** Holds the messages that stand above every page. */
export function NotificationProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [items, setItems] = useState<readonly FlashbarProps.MessageDefinition[]>([]);
  const dismiss = useCallback((id: string) => {
    setItems((shown) => shown.filter((item) => item.id !== id));
  }, []);
  const notify = useCallback<Notify>(
    (type, header, content) => {
      const id = String(++last);
      const item: FlashbarProps.MessageDefinition = {
        id,
        type,
        header,
        content,
        dismissible: true,
        dismissLabel: "Dismiss",
        onDismiss: () => {
          dismiss(id);
        },
        ariaRole: type === "error" ? "alert" : "status",
      };
      setItems((shown) => [item, ...shown].slice(0, 4));
      if (type === "success" || type === "info") {
        setTimeout(() => {
          dismiss(id);
        }, 8_000);
      }
    },
    [dismiss],
  );
  const value = useMemo(() => ({ items, notify }), [items, notify]);
  return <NotificationContext value={value}>{children}</NotificationContext>;
}

/** The messages themselves. */
export function NotificationList(): ReactNode {
  return <Flashbar items={useNotifications().items} />;
}

/** To tell the user something from any page. */
export function useNotify(): Notify {
  return useNotifications().notify;
}

function useNotifications(): Notifications {
  const value = useContext(NotificationContext);
  if (value === null) throw new Error("there is no place for notifications here");
  return value;
}
