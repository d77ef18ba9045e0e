import { useCallback, useEffect, useState } from "preact/hooks";
import { ask, listen } from "./ask.ts";

/** What this path of the control face answers, asked anew when something happened; the second part asks at once, the third says why there is none. */
export function useAnswer<Answer>(path: string): [Answer | null, () => void, string] {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [problem, setProblem] = useState("");
  const load = useCallback(() => {
    const take = (read: Answer) => {
      setAnswer(read);
      setProblem("");
    };
    ask<Answer>("GET", path).then(take, (error: Error) => setProblem(error.message));
  }, [path]);
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
  return [answer, load, problem];
}
