import { useCallback, useEffect, useState } from "preact/hooks";
import { ask, listen } from "./ask.ts";

/** What this path of the control face answers, asked anew when something happened; the second part asks at once. */
export function useAnswer<Answer>(path: string): [Answer | null, () => void] {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const load = useCallback(() => void ask<Answer>("GET", path).then(setAnswer, () => {}), [path]);
  useEffect(() => {
    load();
    let timer: number | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        load();
      }, 500);
    };
    const stop = listen(soon);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [load]);
  return [answer, load];
}
