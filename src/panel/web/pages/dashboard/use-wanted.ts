import { type RefObject, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** How far below the window a tile begins to be drawn, in pixels. */
const MARGIN = 300;
/** Then all the others are, so that the whole page can be searched and printed. */
const PATIENCE_MS = 2_500;

/** Has the reader come near an element? Once they have, it stays wanted. */
export function useWanted(): [RefObject<HTMLDivElement | null>, boolean] {
  const place = useRef<HTMLDivElement>(null);
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    if (isWanted || place.current === null) return undefined;
    const want = (): void => {
      setWanted(true);
    };
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) want();
      },
      { rootMargin: `${MARGIN}px` },
    );
    observer.observe(place.current);
    const timer = setTimeout(want, PATIENCE_MS);
    const print = (): void => {
      flushSync(want);
    };
    window.addEventListener("beforeprint", print);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
      window.removeEventListener("beforeprint", print);
    };
  }, [isWanted]);
  return [place, isWanted];
}
