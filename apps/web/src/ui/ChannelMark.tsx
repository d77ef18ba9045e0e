import type { Channel } from "@loket/contract";
import { IconBrandTelegram, IconBrandWhatsapp, IconMail, IconMessageCircle } from "@tabler/icons-react";
import { useT } from "../shell/i18n.tsx";
import { Icon } from "./Icon.tsx";

const drawings = {
  whatsapp: IconBrandWhatsapp,
  telegram: IconBrandTelegram,
  email: IconMail,
  webchat: IconMessageCircle,
};

export function ChannelMark(props: { channel: Channel; size?: number }) {
  const { channel, size = 14 } = props;
  const t = useT();
  return <Icon of={drawings[channel]} size={size} label={t(`channel.${channel}`)} />;
}
