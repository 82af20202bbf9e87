import { useEffect, useState } from "react";

/** A value once it has stayed the same for a moment: what somebody types, not every letter of it. */
export function useSettled<Value>(value: Value, milliseconds = 250): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const waiting = setTimeout(() => {
      setSettled(value);
    }, milliseconds);
    return () => {
      clearTimeout(waiting);
    };
  }, [value, milliseconds]);
  return settled;
}
