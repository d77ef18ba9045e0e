import type { Channel } from "@loket/contract";
import { useLanguage } from "../shell/i18n.tsx";
import { useWords } from "../shell/words.ts";
import { howKey, words } from "./words.ts";

/** "WhatsApp", "all channels". */
export function useChannelWords(): (channel: string) => string {
  const { t: common } = useLanguage();
  const t = useWords(words);
  return (channel) =>
    channel === "all"
      ? t("allChannels")
      : (["whatsapp", "email", "telegram", "webchat"] as const).some((one) => one === channel)
        ? common(`channel.${channel as Channel}`)
        : channel;
}

/** How something was said; what people wrote there themselves stays as it is. */
export function useHow(): (method: string) => string {
  const t = useWords(words);
  return (method) => {
    const key = howKey(method);
    return key === null ? method : (t as (key: string) => string)(key);
  };
}
