import { useEffect, useRef } from "react";
import { useSession } from "../shell/session.tsx";

const typingEveryMs = 10_000;
const presenceEveryMs = 20_000;

/** Tells colleagues who is looking and who writes, and the customer that someone is typing. All of it is best effort. */
export function useTyping(conversationId: string): { typed(): void; sent(): void } {
  const { api } = useSession();
  const lastTyped = useRef(0);
  const doing = useRef<"viewing" | "replying">("viewing");

  useEffect(() => {
    const say = (what: "viewing" | "replying" | "left") =>
      void api.post(`conversations/${conversationId}/presence`, { doing: what }).catch(() => {});
    doing.current = "viewing";
    lastTyped.current = 0;
    say("viewing");
    const timer = setInterval(() => {
      if (document.visibilityState !== "visible") return;
      if (Date.now() - lastTyped.current > presenceEveryMs) doing.current = "viewing";
      say(doing.current);
    }, presenceEveryMs);
    return () => {
      clearInterval(timer);
      say("left");
    };
  }, [api, conversationId]);

  return {
    typed() {
      if (Date.now() - lastTyped.current < typingEveryMs) return;
      lastTyped.current = Date.now();
      doing.current = "replying";
      void api.post(`conversations/${conversationId}/presence`, { doing: "replying" }).catch(() => {});
      void api.post(`conversations/${conversationId}/typing`).catch(() => {});
    },
    sent() {
      lastTyped.current = 0;
      doing.current = "viewing";
      void api.post(`conversations/${conversationId}/presence`, { doing: "viewing" }).catch(() => {});
    },
  };
}
